namespace NeuroHal.Sweeps.Specification;

/// <summary>The values of one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Values">Its values, at least one.</param>
public sealed record Axis(string Key, IReadOnlyList<string> Values);

/// <summary>Keys with values that are drawn.</summary>
/// <param name="Count">How many draws, each of all keys at once.</param>
/// <param name="Seed">What the draws depend on.</param>
/// <param name="Keys">What each key's values are drawn from.</param>
public sealed record RandomDraws(int Count, ulong Seed, IReadOnlyList<KeyValuePair<string, Draw>> Keys);

/// <summary>
/// The settings in which the runs of a sweep differ: every entry of the list, with every draw, with every combination of the grid.
/// </summary>
/// <param name="List">Combinations that are given one by one; empty for none.</param>
/// <param name="Random">Combinations that are drawn; null for none.</param>
/// <param name="Grid">Keys of which every value meets every other's; empty for none.</param>
/// <param name="Slurm">Options of <c>sbatch</c>, by their long names, for the engine of that name.</param>
public sealed record SweepSpec(
    IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> List, RandomDraws? Random, IReadOnlyList<Axis> Grid, IReadOnlyDictionary<string, string> Slurm)
{
    /// <summary>The most runs a sweep may have.</summary>
    public const int MostRuns = 100_000;

    /// <summary>The keys that runs differ in, in the order in which they are named.</summary>
    public IReadOnlyList<string> Keys { get; } =
    [
        .. List.SelectMany(e => e.Select(a => a.Key)).Concat(Random?.Keys.Select(k => k.Key) ?? []).Concat(Grid.Select(a => a.Key)).Distinct(),
    ];

    /// <summary>How many combinations there are; those above <see cref="MostRuns"/> are not told apart.</summary>
    public long Count => Grid.Aggregate(
        Math.Max(1L, List.Count) * (Random?.Count ?? 1), (count, axis) => Math.Min(count, MostRuns + 1L) * axis.Values.Count);

    /// <summary>Each combination, as values by key; the last key of the grid changes fastest.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Combinations()
    {
        foreach (IReadOnlyList<KeyValuePair<string, string>> entry in List.Count == 0 ? [[]] : List)
        {
            for (int draw = 0; draw < (Random?.Count ?? 1); draw++)
            {
                for (long cell = 0; cell < Grid.Aggregate(1L, (n, a) => n * a.Values.Count); cell++)
                {
                    yield return Combination(entry, draw, cell);
                }
            }
        }
    }

    private Dictionary<string, string> Combination(IReadOnlyList<KeyValuePair<string, string>> entry, int draw, long cell)
    {
        var values = new Dictionary<string, string>(entry, StringComparer.OrdinalIgnoreCase);
        foreach ((string key, Draw from) in Random?.Keys ?? [])
        {
            values[key] = from.At(Random!.Seed, key, draw);
        }
        long stride = Grid.Aggregate(1L, (n, a) => n * a.Values.Count);
        foreach (Axis axis in Grid)
        {
            stride /= axis.Values.Count;
            values[axis.Key] = axis.Values[(int)(cell / stride % axis.Values.Count)];
        }
        return values;
    }
}
