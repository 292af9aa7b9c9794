using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Runs;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>The report of some runs as one page.</summary>
internal static class ReportPage
{
    /// <summary>What tells a report from other pages.</summary>
    public const string Mark = "<p class=\"kicker\">NeuroHAL report</p>";

    /// <summary>Makes the page.</summary>
    /// <returns>The page, and the pictures that it points to, by the names of their files without ending.</returns>
    public static (string Html, IReadOnlyList<(string Name, Picture Picture)> Files) Of(IReadOnlyList<ReportedRun> runs)
    {
        var figures = new FigureList(hasFiles: true);
        NetworkPair[] networks =
        [
            .. runs.Where(r => r.After is not null)
                .GroupBy(r => (r.Record.Weights.Sha256, r.Before?.Sha256))
                .Select(g => new NetworkPair(string.Join(" and ", g.Select(r => r.Name)), g.First().Before, g.First().After!)),
        ];
        Html[] sections =
        [
            Comparison.Of(runs),
            Learning.Of([.. runs.Select(Course)], figures),
            Costs.Of([.. runs.Select(r => new RunCosts(r.Name, r.Record.Energy, r.Record.Kernels, r.Record.Time.Cores))], figures),
            MemoryMaps.Of([.. runs.Select(r => (r.Name, r.Record.Memory))], figures),
            Timelines.Of([.. runs.Index().Where(r => r.Item.Timeline is not null).Select(r => (r.Item.Name, r.Index + 1, r.Item.Timeline!))], figures),
            Networks.Of(networks, figures),
            Provenance.Of(runs),
        ];
        string title = $"{string.Join(", ", runs.Select(r => r.Record.Dataset.Name).Distinct())}: {(runs.Count == 1 ? runs[0].Name : $"{runs.Count} runs compared")}";
        Html body = Html.Of(
            $"""
            <header>{new Html(Mark)}<h1>{title}</h1>
            {runs.Take(MostHeadlines).Select(Headline)}</header>
            <nav aria-label="Sections"><a href="#comparison">{(runs.Count == 1 ? "Result" : "Side by side")}</a> <a href="#learning">Learning</a> <a href="#costs">Energy and time</a> <a href="#memory">Memory</a> {(runs.Any(r => r.Timeline is not null) ? new Html("<a href=\"#timeline\">Timeline</a> ") : Html.Empty)}{(networks.Length > 0 ? new Html("<a href=\"#network\">Network</a> ") : Html.Empty)}<a href="#provenance">Sources</a></nav>
            <main>
            {sections}</main>

            """);
        return (Document.Of($"{title} – NeuroHAL", new Html("default-src 'none'; style-src 'unsafe-inline'; img-src data:"), body), figures.Files);
    }

    private const int MostHeadlines = 4;

    private static LearningCourse Course(ReportedRun run) => new(
        run.Name,
        [
            .. run.Record.Accuracy.Curve.Select(e => new LearningPoint(e.Epoch, e.Train)
            {
                Validation = e.Validation,
                Loss = e.Loss,
                Connections = e.Connections,
                Rewired = e.Rewired,
                DeviceSeconds = e.DeviceSeconds,
                Joules = e.Joules,
            }),
        ],
        run.Record.Connections.Budget,
        run.Record.Energy is { } energy ? Words.Source(energy) : null);

    private static Html Headline(ReportedRun run)
    {
        RunRecord r = run.Record;
        CoreMemoryRecord fullest = r.Memory.Cores.MaxBy(c => c.UsedBytes)!;
        string memory = fullest.CapacityBytes is { } capacity and > 0 ? $"of {Words.Bytes(capacity)} in the fullest core" : "in the fullest core, no limit";
        Html diverged = r.NonFinite is { } where ? Html.Of($"<p class=\"warning\">Training diverged {where.Description}.</p>") : Html.Empty;
        return Html.Of(
            $"""
            <section class="headline" aria-label="{run.Name}"><h2>{run.Name} <span class="kind">{Words.Kind(r.Backend.Kind)}</span></h2>{diverged}
            <dl>
            {Tile("test accuracy", Words.Percent(r.Accuracy.Test), $"of {Words.Whole(r.Dataset.Test)} images")}
            {Tile("connections", Words.Whole(r.Connections.MaxActive), $"at most, {Words.Percent(r.Connections.Fraction)} of dense")}
            {Tile("memory", Words.Bytes(fullest.UsedBytes), memory)}
            {Tile("training time", Words.Seconds(r.Time.DeviceSecondsTraining), r.Backend.Kind == DeviceKind.Emulation ? "emulated" : $"on the device{Words.Start(r)}")}
            {(r.Energy is { } energy ? Tile("training energy", Words.Joules(energy.Joules), Words.Source(energy)) : Tile("training energy", "–", "no meter that can be read"))}
            </dl></section>

            """);
    }

    /// <summary>A figure to be seen first.</summary>
    public static Html Tile(string name, string figure, string note) =>
        Html.Of($"<div><dt>{name}</dt><dd><strong>{figure}</strong><span class=\"note\">{note}</span></dd></div>");
}
