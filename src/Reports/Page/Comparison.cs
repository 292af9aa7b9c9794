using NeuroHal.Reports.Runs;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>What runs came to, side by side, with the ratio to the first.</summary>
internal static class Comparison
{
    /// <summary>A line of the table.</summary>
    /// <param name="Name">What it tells.</param>
    /// <param name="Text">What it is for a run; null for nothing.</param>
    /// <param name="Number">What a ratio is taken of; null where there is none.</param>
    private sealed record Line(string Name, Func<RunRecord, string?> Text, Func<RunRecord, double?>? Number = null);

    // In groups; what other figures a result may have becomes a group here.
    private static readonly (string Group, Line[] Lines)[] _groups =
    [
        ("Accuracy",
        [
            new("test", r => Words.Percent(r.Accuracy.Test), r => r.Accuracy.Test),
            new("validation", r => r.Accuracy.Validation is { } share ? Words.Percent(share) : null, r => r.Accuracy.Validation),
        ]),
        ("Network",
        [
            new("connections at the end", r => Words.Whole(r.Connections.Total), r => r.Connections.Total),
            new("most at any moment", r => Words.Whole(r.Connections.MaxActive), r => r.Connections.MaxActive),
            new("share of a dense network", r => Words.Percent(r.Connections.Fraction), r => r.Connections.Fraction),
            new("weights (SHA-256)", r => Words.Cut(r.Weights.Sha256, 9)),
        ]),
        ("NeuroBench's metrics, of the trained network on the test images",
        [
            new("footprint", r => r.Metrics is { } m ? Words.Bytes(m.Footprint) : null, r => r.Metrics?.Footprint),
            new("connection sparsity", r => r.Metrics is { } m ? Words.Percent(m.ConnectionSparsity) : null, r => r.Metrics?.ConnectionSparsity),
            new("activation sparsity", r => r.Metrics?.ActivationSparsity is { } share ? Words.Percent(share) : null, r => r.Metrics?.ActivationSparsity),
            new("effective MACs", r => r.Metrics is { } m ? Words.Whole((long)Math.Round(m.SynapticOperations.EffectiveMacs)) : null, r => r.Metrics?.SynapticOperations.EffectiveMacs),
            new("effective ACs", r => r.Metrics is { } m ? Words.Whole((long)Math.Round(m.SynapticOperations.EffectiveAcs)) : null),
            new("dense operations", r => r.Metrics is { } m ? Words.Whole(m.SynapticOperations.Dense) : null),
        ]),
        ("Memory",
        [
            new("cores", r => Words.Whole(r.Memory.Cores.Count), r => r.Memory.Cores.Count),
            new("fullest core", r => Words.Bytes(r.Memory.Cores.Max(c => c.UsedBytes)), r => r.Memory.Cores.Max(c => c.UsedBytes)),
            new("capacity of a core", r => r.Memory.Cores[0].CapacityBytes is { } bytes ? Words.Bytes(bytes) : "no limit"),
        ]),
        ("Time",
        [
            new("training, device", r => $"{Words.Seconds(r.Time.DeviceSecondsTraining)}{Words.Start(r)}", r => r.Time.DeviceSecondsTraining),
            new("samples a second", r => $"{Words.Whole((long)r.Time.SamplesPerSecond)}{Words.Start(r)}", r => r.Time.SamplesPerSecond),
            new("wall clock, all", r => Words.Seconds(r.Time.WallSeconds), r => r.Time.WallSeconds),
        ]),
        ("Energy of training",
        [
            new("energy", r => r.Energy is { } energy ? Words.Joules(energy.Joules) : "no meter", r => r.Energy?.Joules),
            new("how it was got", r => r.Energy is { } energy ? Words.Source(energy) : null),
            new("average power", r => r.Energy is { } energy ? $"{Words.Watts(energy.AverageWatts)} ({Words.Assumed(energy)})" : null, r => r.Energy?.AverageWatts),
        ]),
    ];

    public static Html Of(IReadOnlyList<ReportedRun> runs)
    {
        Html caption = runs.Count == 1
            ? Html.Empty
            : Html.Of($"<caption>The ratios are to the first run, {runs[0].Name}{Elsewhere(runs)}.</caption>");
        Html table = Html.Of(
            $"""
            <table class="compare">{caption}<thead><tr><td></td>{runs.Select(r => Html.Of($"<th scope=\"col\">{r.Name}</th>"))}</tr>
            <tr><th scope="row">where it ran</th>{runs.Select(r => Html.Of($"<td><span class=\"kind\">{Words.Kind(r.Record.Backend.Kind)}</span></td>"))}</tr></thead>
            {_groups.Select(g => Group(g.Group, g.Lines, runs))}</table>
            """);
        return Html.Of(
            $"""
            <section id="comparison"><h2>{(runs.Count == 1 ? "Result" : "Side by side")}</h2>
            {Likeness.Of(runs)}{Tables.Framed("Figures of the runs", table)}</section>

            """);
    }

    private static Html Group(string name, IEnumerable<Line> lines, IReadOnlyList<ReportedRun> runs)
    {
        Line[] told = [.. lines.Where(l => runs.Any(r => l.Text(r.Record) is not null))];
        return told.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <tbody><tr><th scope="rowgroup" class="group" colspan="{runs.Count + 1}">{name}</th></tr>
            {told.Select(l => Html.Of($"<tr><th scope=\"row\">{l.Name}</th>{runs.Select(r => Value(l, r, Base(l, runs)))}</tr>\n"))}</tbody>
            """);
    }

    private static Html Value(Line line, ReportedRun run, ReportedRun? compared)
    {
        bool hasRatio = compared is not null && !ReferenceEquals(run, compared) && line.Number!(run.Record) is not null;
        Html ratio = hasRatio ? Html.Of($"<span class=\"ratio\">{Words.Ratio(line.Number!(run.Record)!.Value, line.Number(compared!.Record)!.Value)}</span>") : Html.Empty;
        return Html.Of($"<td>{line.Text(run.Record) ?? "–"}{ratio}</td>");
    }

    /// <summary>The run that a line's ratios are to: the first that has a figure; null where none has.</summary>
    private static ReportedRun? Base(Line line, IReadOnlyList<ReportedRun> runs) => runs.FirstOrDefault(r => line.Number?.Invoke(r.Record) is > 0);

    /// <summary>Which figures the first run has not, and what those of the others are compared with.</summary>
    private static string Elsewhere(IReadOnlyList<ReportedRun> runs) => string.Concat(
        _groups.SelectMany(g => g.Lines)
            .Select(l => (l.Name, Base: Base(l, runs)))
            .Where(b => b.Base is not null && !ReferenceEquals(b.Base, runs[0]))
            .GroupBy(b => b.Base!.Name, b => b.Name)
            .Select(b => $"; of {string.Join(", ", b)}, which it has not, to {b.Key}"));
}
