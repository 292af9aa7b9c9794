using NeuroHal.Reports.Page;

namespace NeuroHal.Reports;

/// <summary>The page of a run that is going on. What is to be seen comes in whole from the server; the script only puts it in its place.</summary>
public static class LivePage
{
    /// <summary>The script's name, beside the page.</summary>
    public const string ScriptName = "live.js";

    /// <summary>What a browser may do with the page, as a content security policy.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'; connect-src 'self'";

    /// <summary>The script: listens to <c>events</c> beside it.</summary>
    public static string Script => Document.Resource(ScriptName);

    /// <summary>The page around what is to be seen.</summary>
    public static string Frame() => Document.Of(
        "NeuroHAL, live",
        new Html(Policy),
        Html.Of($"""<p class="live" role="status" id="state">Waiting for the first figures …</p><div id="view"></div>"""),
        Html.Of($"""<script src="{ScriptName}"></script>"""));

    /// <summary>What is to be seen of a run at a moment, as markup.</summary>
    public static string Main(TrainingView view)
    {
        var figures = new FigureList(hasFiles: false);
        string name = $"{view.Backend.Id} ({view.Backend.Profile}), {view.Preset}";
        string? source = view.Energy is { } energy ? Words.Source(energy) : null;
        Html network = view.Now is null ? Html.Empty : Networks.Of([new NetworkPair(name, view.Before, view.Now, "now")], figures);
        return Html.Of(
            $"""
            <header><h1>{view.Dataset}: {name} <span class="kind">{Words.Kind(view.Backend.Kind)}</span></h1>
            <section class="headline" aria-label="Figures now"><dl>
            {Tiles(view)}</dl></section></header>
            <main>
            {Learning.Of([new LearningCourse(name, view.Points, view.Budget, source)], figures)}{network}
            {Costs.Of([new RunCosts(name, view.Energy, view.Kernels, view.Cores)], figures)}{MemoryMaps.Of([(name, view.Memory)], figures)}</main>
            """).Text;
    }

    private static Html Tiles(TrainingView view)
    {
        LearningPoint? now = view.Points.Count > 0 ? view.Points[^1] : null;
        Html accuracy = view.TestAccuracy is { } test
            ? ReportPage.Tile("test accuracy", Words.Percent(test), "after training")
            : ReportPage.Tile("training accuracy", now is null ? "–" : Words.Percent(now.Train), "in this epoch so far");
        return Html.Join(
        [
            ReportPage.Tile("epoch", now is null ? "0" : Words.Short(now.Epochs), $"of {view.Epochs}, seed {view.Seed}"),
            accuracy,
            ReportPage.Tile("connections", now?.Connections is { } connections ? Words.Whole(connections) : "–", $"of at most {Words.Whole(view.Budget)}"),
            ReportPage.Tile("training time", now?.DeviceSeconds is { } seconds ? Words.Seconds(seconds) : "–", view.Backend.Kind == DeviceKind.Emulation ? "emulated" : "on the device"),
            view.Energy is { } energy
                ? ReportPage.Tile("training energy", Words.Joules(energy.Joules), Words.Source(energy))
                : ReportPage.Tile("training energy", "–", "no meter that can be read"),
        ]);
    }
}
