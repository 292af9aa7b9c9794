using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Fills a buffer with normals of mean 0.</summary>
/// <param name="Destination">What to fill.</param>
/// <param name="Streams">The state, <see cref="RandomStreams.StateWords"/> words.</param>
/// <param name="Deviation">The standard deviation.</param>
public readonly record struct FillNormal(
    SramBuffer<float> Destination, SramBuffer<uint> Streams, float Deviation) : IKernel
{
    /// <summary>
    /// One normal on the Cortex-M4F: three words summed bytewise (USADA8), minus the mean, converted and scaled.
    /// </summary>
    internal static readonly WorkCounts PerNormal = new()
    {
        RandomWord = RandomStreams.WordsPerNormal,
        IntegerAlu = RandomStreams.WordsPerNormal + 1,
        FloatConvert = 2,
        FloatMultiply = 1,
    };

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
        return ((PerNormal + Loops.PerIteration) * to.Length) + (new WorkCounts { Store = 1, FloatMultiply = 1 } * to.Length);
    }
}
