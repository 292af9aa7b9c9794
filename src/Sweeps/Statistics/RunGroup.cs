using NeuroHal.Sweeps.Tables;

namespace NeuroHal.Sweeps.Statistics;

/// <summary>Runs that differ in nothing but their seeds.</summary>
/// <param name="Values">What they have in common, by swept key.</param>
/// <param name="Rows">The runs, with and without a result.</param>
public sealed record RunGroup(IReadOnlyList<KeyValuePair<string, string>> Values, IReadOnlyList<SweepRow> Rows)
{
    // A run with one seed says as much of its settings as one with another.
    private static readonly string[] _seeds = ["training:seed", "dataset:seed"];

    /// <summary>The values in words.</summary>
    public string Description => Values.Count == 0 ? "all runs" : string.Join(", ", Values.Select(v => $"{v.Key.Split(':')[^1]} {v.Value}"));

    /// <summary>The runs that have a result.</summary>
    public IReadOnlyList<SweepRow> Done { get; } = [.. Rows.Where(r => r.Result is not null)];

    /// <summary>A figure's mean over the runs that have it; null where none has.</summary>
    public StudentInterval? Mean(Func<SweepRow, double?> figure) =>
        Done.Select(figure).OfType<double>().ToArray() is { Length: > 0 } values ? StudentInterval.Of(values) : null;

    /// <summary>Groups runs, in the order in which they first come.</summary>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<SweepRow> rows) =>
    [
        .. rows.Select(r => (Row: r, Values: r.Planned.Values.Where(v => !_seeds.Contains(v.Key, StringComparer.OrdinalIgnoreCase)).ToArray()))
            .GroupBy(r => string.Join('\n', r.Values.Select(v => $"{v.Key}={v.Value}")))
            .Select(g => new RunGroup(g.First().Values, [.. g.Select(r => r.Row)])),
    ];
}
