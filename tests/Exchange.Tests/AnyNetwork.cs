using CsCheck;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange.Tests;

/// <summary>Networks of any small shape, their amplitudes of any size, zero among them.</summary>
internal static class AnyNetwork
{
    private const int MostNeurons = 9;
    private const int MostLayers = 4;
    private const int MostConnections = MostLayers * MostNeurons * MostNeurons;

    private static readonly float[] _special = [0, float.Epsilon, 1e-20f, 1, 3.1415927f, 16777216, float.MaxValue];

    /// <summary>Amplitudes from zero on, as rewiring leaves them.</summary>
    public static Gen<NetworkSnapshot> Rewired { get; } = Of(Gen.OneOf(Gen.Float[0, 2], Gen.Int[0, 6].Select(i => _special[i])));

    /// <summary>Amplitudes below zero, too, as there are between two rewirings.</summary>
    public static Gen<NetworkSnapshot> Any { get; } = Of(Gen.Float[-2, 2]);

    private static Gen<NetworkSnapshot> Of(Gen<float> theta) =>
        from sizes in Gen.Int[1, MostNeurons].Array[2, MostLayers + 1]
        from present in Gen.Bool.Array[MostConnections]
        from thetas in theta.Array[MostConnections]
        from negative in Gen.Bool.Array[MostConnections]
        from more in Gen.Int[0, 5].Array[MostLayers]
        from sparse in Gen.Bool.Array[MostLayers]
        select new NetworkSnapshot([.. Enumerable.Range(0, sizes.Length - 1).Select(i =>
        {
            (int inputs, int outputs) = (sizes[i], sizes[i + 1]);
            int first = i * MostNeurons * MostNeurons;
            Connection[] all =
            [
                .. from p in Enumerable.Range(0, inputs * outputs)
                   where present[first + p] && (!sparse[i] || p % 7 == 0)
                   select new Connection((ushort)(p / inputs), (ushort)(p % inputs), thetas[first + p], negative[first + p]),
            ];
            return new LayerSnapshot(inputs, outputs, all.Length + more[i], all);
        })]);
}
