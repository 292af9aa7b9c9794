namespace NeuroHal.Kernels;

/// <summary>
/// The end of the forward pass and the start of the backward pass: softmax over the classes, and the derivative of the
/// cross-entropy with respect to the sums, which is probability minus target.
/// </summary>
/// <param name="Sums">The last layer's sums, [classes][lanes].</param>
/// <param name="Records">The samples with their labels, [lanes][pixels + 1].</param>
/// <param name="Error">dE/d(sum), [classes][lanes]; overwritten, 0 in lanes without a sample.</param>
/// <param name="Tally">Counts samples, hits and loss; one element, added to.</param>
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
        Load = 5,
        Store = 4,
        IntegerAlu = 6,
        FloatDivide = 1,
        FloatAdd = 3,
        FloatMultiply = 1,
        FloatCompare = 1,
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
        ref Tally tally = ref sram.Span(Tally)[0];
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
            tally.Loss += Elementary.Log(total) - (sums[target] - largest);
            tally.Correct += best == target ? 1 : 0;
            tally.Samples++;
        }
        return ((_perClass * (sums.Length / lanes)) + _perSample) * Shape.Active;
    }
}

/// <summary>The sizes of a batch of samples on a core.</summary>
/// <param name="Pixels">The pixels of a sample; its label follows them.</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of the lanes hold a sample.</param>
public readonly record struct BatchShape(int Pixels, int Lanes, int Active);
