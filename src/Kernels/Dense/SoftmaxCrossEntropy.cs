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
    // Maximum, exponential and its sum, quotient: three visits to each class.
    private static readonly WorkCounts _perClass = new WorkCounts
    {
        Load = 3,
        Store = 2,
        FloatCompare = 1,
        BranchNotTaken = 1,
        FloatAdd = 2,
        Exponential = 1,
        FloatMultiply = 1,
    }
    + (Loops.PerIteration * 3);

    private static readonly WorkCounts _perSample = new WorkCounts
    {
        Load = 2,
        Store = 1,
        IntegerAlu = 4,
        FloatDivide = 1,
        FloatAdd = 1,
    };

    private static readonly WorkCounts _perTally = new WorkCounts
    {
        Load = 4,
        Store = 3,
        IntegerAlu = 3,
        FloatAdd = 3,
        BranchNotTaken = 1,
    }
    + Elementary.LogWork;

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
        WorkCounts perSample = Tally.IsPresent ? _perSample + _perTally : _perSample;
        return ((_perClass * (sums.Length / Shape.Lanes)) + perSample) * Shape.Active;
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
