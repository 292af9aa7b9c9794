using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Fills a buffer with numbers from [0, 1), each a multiple of 2^-24.</summary>
/// <param name="Destination">What to fill.</param>
/// <param name="Streams">The state, <see cref="RandomStreams.StateWords"/> words.</param>
public readonly record struct FillUniform(SramBuffer<float> Destination, SramBuffer<uint> Streams) : IKernel
{
    private const float Unit = 1f / (1 << 24);

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
        var perNumber = new WorkCounts { RandomWord = 1, IntegerAlu = 1, FloatConvert = 2, FloatMultiply = 1, Store = 1 };
        return (perNumber + Loops.PerIteration) * to.Length;
    }
}
