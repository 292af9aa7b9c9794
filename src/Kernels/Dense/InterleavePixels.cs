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
    private static readonly WorkCounts _call = MachineCode.Of("interleave-pixels", "call");
    private static readonly WorkCounts _lane = MachineCode.Of("interleave-pixels", "lane");
    private static readonly WorkCounts _pixel = MachineCode.Of("interleave-pixels", "pixel");
    private static readonly WorkCounts _idleLane = MachineCode.Of("interleave-pixels", "idle");
    private static readonly WorkCounts _cleared = MachineCode.Of("interleave-pixels", "cleared");
    private static readonly WorkCounts _anyIdle = MachineCode.Of("interleave-pixels", "some idle");

    /// <inheritdoc/>
    public string Name => "interleave-pixels";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<byte> records = sram.Span(Records);
        Span<byte> input = sram.Span(Input);
        int pixels = input.Length / Lanes;
        int lane = 0;
        while (lane + 4 <= Active && pixels >= PixelBlocks.Strip)
        {
            Span<byte> from = records[(lane * (pixels + 1))..];
            if (PixelBlocks.CanSixteen && lane + 16 <= Active)
            {
                PixelBlocks.Sixteen(from, pixels, input[lane..], Lanes);
                lane += 16;
            }
            else if (lane + 8 <= Active)
            {
                PixelBlocks.Eight(from, pixels, input[lane..], Lanes);
                lane += 8;
            }
            else
            {
                PixelBlocks.Four(from, pixels, input[lane..], Lanes);
                lane += 4;
            }
        }
        for (; lane < Lanes; lane++)
        {
            bool active = lane < Active;
            int to = lane;
            foreach (byte pixel in records.Slice(lane * (pixels + 1), pixels))
            {
                input[to] = active ? pixel : (byte)0;
                to += Lanes;
            }
        }
        int idle = Lanes - Active;
        WorkCounts rest = idle == 0 ? WorkCounts.None : _anyIdle + ((_idleLane + (_cleared * pixels)) * idle);
        return _call + ((_lane + (_pixel * pixels)) * Active) + rest;
    }
}
