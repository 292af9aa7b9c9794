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
        int lanes = Shape.Lanes;
        error.Clear();
        for (int lane = 0; lane < Shape.Active; lane++)
        {
            int label = records[(lane * (Shape.Pixels + 1)) + Shape.Pixels];
            int best = Classify.Best(sums, lane, lanes);
            float largest = sums[best];
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
            int target = (label * lanes) + lane;
            error[target] -= Scale;
            foreach (ref Tally count in tally)
            {
                count.Loss += Elementary.Log(total) - (sums[target] - largest);
                count.Correct += best == target ? 1 : 0;
                count.Samples++;
            }
        }
        WorkCounts perSample = Tally.IsPresent ? _perSample + _perTally : _perSample;
        return ((_perClass * (sums.Length / lanes)) + perSample) * Shape.Active;
    }
}

/// <summary>The sizes of a batch of samples on a core.</summary>
/// <param name="Pixels">The pixels of a sample; its label follows them.</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of the lanes hold a sample.</param>
public readonly record struct BatchShape(int Pixels, int Lanes, int Active);
