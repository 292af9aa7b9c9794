using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Timelines;

namespace NeuroHal.Reports.Page;

/// <summary>What cores, DMA engines and external memory did when.</summary>
internal static class Timelines
{
    private const double Wide = 1000;
    private const double High = 10;
    private const int Ticks = 4;

    public static Html Of(IReadOnlyList<(string Name, int Number, RecordedTimeline Timeline)> runs, FigureList figures) => runs.Count == 0
        ? Html.Empty
        : Html.Of(
            $"""
            <section id="timeline"><h2>Timeline</h2>
            {runs.Select(r => One(r.Name, r.Number, r.Timeline, figures))}</section>

            """);

    private static Html One(string name, int number, RecordedTimeline timeline, FigureList figures)
    {
        TimelineLayout layout = TimelineLayout.Of(timeline);
        double seconds = timeline.Microseconds / 1e6;
        string what = $"the last {Words.Seconds(seconds)} of the {Words.Seconds(timeline.RecordedMicroseconds / 1e6)} in which the first samples were trained on";
        string leftOut = timeline.TracksLeftOut > 0 ? $" {timeline.TracksLeftOut} tracks of further cores are left out." : "";
        Html links = figures.Links($"run{number}-timeline", layout.Draw($"{name}: {what}", timeline.Microseconds));
        Html legend = Html.Join(layout.Legend.Select(l => Html.Of(
            $"<li><span class=\"swatch b-{Palette.Name(l.Ink)}\"></span>{l.Name} <span class=\"note\">{Words.Seconds(l.Microseconds / 1e6)}</span></li>")));
        Html ticks = Html.Join(Enumerable.Range(0, Ticks + 1).Select(i => Html.Of($"<span>{Words.Seconds(seconds * i / Ticks)}</span>")));
        return Html.Of(
            $"""
            <h3>{name}</h3>
            <figure class="timeline"><ul class="legend">{legend}</ul>
            {layout.Rows.Select(Row)}<div class="ticks" aria-hidden="true">{ticks}</div>
            <figcaption>Emulated time: {what}.{leftOut} Beside each colour, its time on all tracks shown.{links}</figcaption></figure>

            """);
    }

    private static Html Row((string Track, IReadOnlyList<Mark> Marks) row)
    {
        double used = row.Marks.Where(m => m.Ink is not Ink.Line).Sum(m => m.To - m.From);
        var strip = new Picture(Wide, High, $"{row.Track}: busy for {Words.Percent(used)} of the time shown.", [
            new Box(0, 0, Wide, High, Ink.Line, 0.25),
            .. row.Marks.Select(m => new Box(m.From * Wide, 0, Math.Max(0.3, (m.To - m.From) * Wide), High, m.Ink, 1, m.Title)),
        ]);
        return Html.Of($"<div class=\"track\"><span>{row.Track}</span>{SvgInk.Stretched(strip)}</div>\n");
    }
}
