using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Gives every connection of a layer a starting amplitude: the absolute value of a normal.</summary>
/// <param name="Layer">The connections.</param>
/// <param name="Streams">State of the random streams, <see cref="RandomStreams.StateWords"/> words.</param>
/// <param name="Deviation">The deviation of the normal.</param>
public readonly record struct InitialiseTheta(SparseMatrix Layer, SramBuffer<uint> Streams, float Deviation) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("initialise-theta", "call");
    private static readonly WorkCounts _number = MachineCode.Of("initialise-theta", "number");

    /// <inheritdoc/>
    public string Name => "initialise-theta";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        Span<float> theta = layer.Theta[..layer.Count];
        var streams = new RandomStreams(sram.Span(Streams));
        Span<float> block = stackalloc float[RandomStreams.Block];
        for (int i = 0; i < theta.Length; i += RandomStreams.Block)
        {
            Vector512.Abs(streams.NextNormals() * Deviation).CopyTo(block);
            block[..Math.Min(block.Length, theta.Length - i)].CopyTo(theta[i..]);
        }
        streams.Save();
        return _call + (_number * theta.Length);
    }
}
