using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// The end of the forward pass and the start of the backward pass: softmax over the classes, and the derivative of the
/// cross-entropy with respect to the sums, which is probability minus target.
/// </summary>
/// <param name="Sums">The last layer's sums, [classes][lanes].</param>
/// <param name="Records">The samples with their labels, [lanes][pixels + 1].</param>
/// <param name="Error">dE/d(sum), [classes][lanes]; overwritten, 0 in lanes without a sample.</param>
/// <param name="Tally">Counts samples, hits and loss; one element, added to. Default to count nothing.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Scale">What each sample's error counts, such as 1 over the minibatch.</param>
public readonly record struct SoftmaxCrossEntropy(
    SramBuffer<float> Sums,
    SramBuffer<byte> Records,
    SramBuffer<float> Error,
    SramBuffer<Tally> Tally,
    BatchShape Shape,
    float Scale) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("softmax-cross-entropy", "call");
    private static readonly WorkCounts _sample = MachineCode.Of("softmax-cross-entropy", "sample");
    private static readonly WorkCounts _class = MachineCode.Of("softmax-cross-entropy", "class");
    private static readonly WorkCounts _counted = MachineCode.Of("softmax-cross-entropy", "tally");
    private static readonly WorkCounts _idleLane = MachineCode.Of("softmax-cross-entropy", "idle");
    private static readonly WorkCounts _idleClass = MachineCode.Of("softmax-cross-entropy", "idle class");
    private static readonly WorkCounts _anyIdle = MachineCode.Of("softmax-cross-entropy", "some idle");

    /// <inheritdoc/>
    public string Name => "softmax-cross-entropy";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> sums = sram.Span(Sums);
        Span<float> error = sram.Span(Error);
        Span<byte> records = sram.Span(Records);
        Span<Tally> tally = Tally.IsPresent ? sram.Span(Tally) : default;
        int lane = 0;
        for (; lane + Vector512<float>.Count <= Shape.Active; lane += Vector512<float>.Count)
        {
            Sixteen(sums, error, records, tally, lane);
        }
        for (; lane < Shape.Active; lane++)
        {
            One(sums, error, records, tally, lane);
        }
        for (; lane < Shape.Lanes; lane++)
        {
            for (int i = lane; i < error.Length; i += Shape.Lanes)
            {
                error[i] = 0;
            }
        }
        return Work(sums.Length / Shape.Lanes);
    }

    private WorkCounts Work(int classes)
    {
        WorkCounts sample = _sample + (_class * (classes - 1));
        sample = Tally.IsPresent ? sample + _counted : sample;
        int idle = Shape.Lanes - Shape.Active;
        WorkCounts rest = idle == 0 ? WorkCounts.None : _anyIdle + ((_idleLane + (_idleClass * classes)) * idle);
        return _call + (sample * Shape.Active) + rest;
    }

    private void One(Span<float> sums, Span<float> error, Span<byte> records, Span<Tally> tally, int lane)
    {
        int lanes = Shape.Lanes;
        float largest = sums[Classify.Best(sums, lane, lanes)];
        float total = 0;
        for (int i = lane; i < sums.Length; i += lanes)
        {
            float e = Elementary.Exp(sums[i] - largest);
            error[i] = e;
            total += e;
        }
        float share = Scale / total;
        for (int i = lane; i < sums.Length; i += lanes)
        {
            error[i] *= share;
        }
        Aim(sums, error, records, tally, lane, largest, total);
    }

    /// <summary>The same for sixteen lanes side by side, to the same bits.</summary>
    private void Sixteen(Span<float> sums, Span<float> error, Span<byte> records, Span<Tally> tally, int lane)
    {
        int lanes = Shape.Lanes;
        Vector512<float> largest = Vector512.Create<float>(sums[lane..]);
        for (int i = lane + lanes; i < sums.Length; i += lanes)
        {
            Vector512<float> sum = Vector512.Create<float>(sums[i..]);
            largest = Vector512.ConditionalSelect(Vector512.GreaterThan(sum, largest), sum, largest);
        }
        Vector512<float> total = Vector512<float>.Zero;
        for (int i = lane; i < sums.Length; i += lanes)
        {
            Vector512<float> e = Elementary.Exp(Vector512.Create<float>(sums[i..]) - largest);
            e.CopyTo(error[i..]);
            total += e;
        }
        Vector512<float> share = Vector512.Create(Scale) / total;
        for (int i = lane; i < sums.Length; i += lanes)
        {
            (Vector512.Create<float>(error[i..]) * share).CopyTo(error[i..]);
        }
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            Aim(sums, error, records, tally, lane + i, largest[i], total[i]);
        }
    }

    /// <summary>Takes the target off the probabilities, and counts.</summary>
    private void Aim(
        Span<float> sums, Span<float> error, Span<byte> records, Span<Tally> tally, int lane, float largest, float total)
    {
        int label = records[(lane * (Shape.Pixels + 1)) + Shape.Pixels];
        int target = (label * Shape.Lanes) + lane;
        error[target] -= Scale;
        foreach (ref Tally count in tally)
        {
            count.Loss += Elementary.Log(total) - (sums[target] - largest);
            count.Correct += Classify.Best(sums, lane, Shape.Lanes) == target ? 1 : 0;
            count.Samples++;
        }
    }
}

/// <summary>The sizes of a batch of samples on a core.</summary>
/// <param name="Pixels">The pixels of a sample; its label follows them.</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of the lanes hold a sample.</param>
public readonly record struct BatchShape(int Pixels, int Lanes, int Active);
