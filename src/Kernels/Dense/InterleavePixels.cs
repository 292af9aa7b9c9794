namespace NeuroHal.Kernels;

/// <summary>
/// Brings records that lie one after the other into lanes side by side, so that a pixel of all samples is one vector.
/// With one lane a record is in that order already, and this is not needed.
/// </summary>
/// <param name="Records">Samples, each its pixels and its label: [lanes][pixels + 1].</param>
/// <param name="Input">[pixels][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of them there are; the other lanes become 0.</param>
public readonly record struct InterleavePixels(
    SramBuffer<byte> Records, SramBuffer<byte> Input, int Lanes, int Active) : IKernel
{
    private static readonly WorkCounts _perPixel = new WorkCounts { Load = 1, Store = 1 } + Loops.PerIteration;

    private static readonly WorkCounts _perCleared = new WorkCounts { Store = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "interleave-pixels";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<byte> records = sram.Span(Records);
        Span<byte> input = sram.Span(Input);
        int lanes = Lanes;
        int pixels = input.Length / lanes;
        for (int lane = 0; lane < lanes; lane++)
        {
            Span<byte> record = records.Slice(lane * (pixels + 1), pixels);
            bool active = lane < Active;
            int to = lane;
            foreach (byte pixel in record)
            {
                input[to] = active ? pixel : (byte)0;
                to += lanes;
            }
        }
        return (_perPixel * (pixels * (long)Active)) + (_perCleared * (pixels * (long)(lanes - Active)));
    }
}
