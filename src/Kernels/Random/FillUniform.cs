using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Fills a buffer with numbers from [0, 1), each a multiple of 2^-24.</summary>
/// <param name="Destination">What to fill.</param>
/// <param name="Streams">The state, <see cref="RandomStreams.StateWords"/> words.</param>
public readonly record struct FillUniform(SramBuffer<float> Destination, SramBuffer<uint> Streams) : IKernel
{
    private const float Unit = 1f / (1 << 24);

    private static readonly WorkCounts _call = MachineCode.Of("fill-uniform", "call");
    private static readonly WorkCounts _number = MachineCode.Of("fill-uniform", "number");

    /// <inheritdoc/>
    public string Name => "fill-uniform";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> to = sram.Span(Destination);
        var streams = new RandomStreams(sram.Span(Streams));
        Span<float> block = stackalloc float[RandomStreams.Block];
        for (int i = 0; i < to.Length; i += RandomStreams.Block)
        {
            (Vector512.ConvertToSingle((streams.NextWords() >>> 8).AsInt32()) * Unit).CopyTo(block);
            block[..Math.Min(block.Length, to.Length - i)].CopyTo(to[i..]);
        }
        streams.Save();
        return _call + (_number * to.Length);
    }
}
