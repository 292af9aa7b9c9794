using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Fills a buffer with normals of mean 0.</summary>
/// <param name="Destination">What to fill.</param>
/// <param name="Streams">The state, <see cref="RandomStreams.StateWords"/> words.</param>
/// <param name="Deviation">The standard deviation.</param>
public readonly record struct FillNormal(
    SramBuffer<float> Destination, SramBuffer<uint> Streams, float Deviation) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("fill-normal", "call");
    private static readonly WorkCounts _number = MachineCode.Of("fill-normal", "number");

    /// <inheritdoc/>
    public string Name => "fill-normal";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> to = sram.Span(Destination);
        var streams = new RandomStreams(sram.Span(Streams));
        Span<float> block = stackalloc float[RandomStreams.Block];
        for (int i = 0; i < to.Length; i += RandomStreams.Block)
        {
            (streams.NextNormals() * Deviation).CopyTo(block);
            block[..Math.Min(block.Length, to.Length - i)].CopyTo(to[i..]);
        }
        streams.Save();
        return _call + (_number * to.Length);
    }
}
