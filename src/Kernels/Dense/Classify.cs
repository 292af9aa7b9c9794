namespace NeuroHal.Kernels;

/// <summary>Counts the samples whose highest output is that of their label; of equal outputs the first counts.</summary>
/// <param name="Sums">The last layer's sums, [classes][lanes].</param>
/// <param name="Records">The samples with their labels, [lanes][pixels + 1].</param>
/// <param name="Tally">Counts samples and hits; one element, added to.</param>
/// <param name="Shape">The sizes.</param>
public readonly record struct Classify(
    SramBuffer<float> Sums, SramBuffer<byte> Records, SramBuffer<Tally> Tally, BatchShape Shape) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("classify", "call");
    private static readonly WorkCounts _sample = MachineCode.Of("classify", "sample");
    private static readonly WorkCounts _class = MachineCode.Of("classify", "class");

    /// <inheritdoc/>
    public string Name => "classify";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> sums = sram.Span(Sums);
        Span<byte> records = sram.Span(Records);
        ref Tally tally = ref sram.Span(Tally)[0];
        for (int lane = 0; lane < Shape.Active; lane++)
        {
            int label = records[(lane * (Shape.Pixels + 1)) + Shape.Pixels];
            tally.Correct += Best(sums, lane, Shape.Lanes) == (label * Shape.Lanes) + lane ? 1 : 0;
            tally.Samples++;
        }
        return _call + ((_sample + (_class * ((sums.Length / Shape.Lanes) - 1))) * Shape.Active);
    }

    /// <summary>The index of a lane's highest sum.</summary>
    internal static int Best(Span<float> sums, int lane, int lanes)
    {
        int best = lane;
        for (int i = lane + lanes; i < sums.Length; i += lanes)
        {
            best = sums[i] > sums[best] ? i : best;
        }
        return best;
    }
}
