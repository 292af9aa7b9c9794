using NeuroHal.DeepR.Training;

namespace NeuroHal.Reports.Runs;

/// <summary>How far rewiring changed a layer.</summary>
/// <param name="Layer">The layer, from 1.</param>
/// <param name="Before">The connections it began with.</param>
/// <param name="After">The connections it has now.</param>
/// <param name="Kept">Those of the first that are there still, or again: the same two neurons are connected.</param>
/// <param name="Flipped">Those of the kept whose sign is another: they were removed and came back.</param>
internal sealed record Turnover(int Layer, int Before, int After, int Kept, int Flipped)
{
    /// <summary>The share of the first connections that are there; 1 of none.</summary>
    public double KeptShare => Before > 0 ? (double)Kept / Before : 1;

    /// <summary>Compares two states of a network, layer by layer.</summary>
    public static IReadOnlyList<Turnover> Between(NetworkSnapshot before, NetworkSnapshot after) =>
        [.. before.Layers.Zip(after.Layers).Select((pair, i) => Of(i + 1, pair.First, pair.Second))];

    private static Turnover Of(int layer, LayerSnapshot before, LayerSnapshot after)
    {
        Dictionary<(ushort, ushort), bool> there = after.Connections.ToDictionary(c => (c.Row, c.Column), c => c.Negative);
        (int kept, int flipped) = (0, 0);
        foreach (Connection connection in before.Connections)
        {
            if (there.TryGetValue((connection.Row, connection.Column), out bool negative))
            {
                kept++;
                flipped += negative != connection.Negative ? 1 : 0;
            }
        }
        return new Turnover(layer, before.Connections.Count, after.Connections.Count, kept, flipped);
    }
}
