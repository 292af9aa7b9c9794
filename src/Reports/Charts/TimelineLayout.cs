using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;
using NeuroHal.Reports.Timelines;

namespace NeuroHal.Reports.Charts;

/// <summary>A coloured stretch of a track, from 0 to 1 of what is shown.</summary>
internal readonly record struct Mark(double From, double To, Ink Ink, string Title);

/// <summary>Where the spans of a timeline are drawn, and in which colours: kernels have their own, all waiting has one.</summary>
internal sealed record TimelineLayout(IReadOnlyList<(string Track, IReadOnlyList<Mark> Marks)> Rows, IReadOnlyList<(string Name, Ink Ink, double Microseconds)> Legend)
{
    // What is thinner is drawn together with its neighbours of the same colour.
    private const double Thinnest = 1.0 / 1500;

    private static readonly Ink[] _kernels = [Ink.C1, Ink.C3, Ink.C4, Ink.C5, Ink.C6, Ink.C7];

    /// <summary>Lays a timeline out.</summary>
    public static TimelineLayout Of(RecordedTimeline timeline)
    {
        string[] kernels =
        [
            .. timeline.Tracks.SelectMany(t => t.Spans).Where(s => s.Activity == TimelineActivity.Compute)
                .GroupBy(s => s.Name).OrderByDescending(g => g.Sum(s => s.End - s.Start)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key),
        ];
        (string Name, Ink Ink) Kind(Span span) => span.Activity switch
        {
            TimelineActivity.Compute when Array.IndexOf(kernels, span.Name) is var place && place < _kernels.Length => (span.Name, _kernels[place]),
            TimelineActivity.Compute => ("other computing", Ink.C8),
            TimelineActivity.Transfer => ("transfer", Ink.C2),
            TimelineActivity.Wait => ("waiting", Ink.Line),
            _ => ("changing level", Ink.Muted),
        };
        var legend = timeline.Tracks.SelectMany(t => t.Spans).GroupBy(Kind).Select(g => (g.Key.Name, g.Key.Ink, g.Sum(s => s.End - s.Start)))
            .OrderBy(l => l.Ink is Ink.Line or Ink.Muted).ThenByDescending(l => l.Item3).ToArray();
        return new TimelineLayout([.. timeline.Tracks.Select(t => (t.Name, Marks(t, timeline.Microseconds, s => Kind(s).Ink)))], legend);
    }

    /// <summary>Draws it for a wide place: a row for each track.</summary>
    public Picture Draw(string title, double microseconds)
    {
        const double Width = 1200;
        const double Left = 130;
        const double Row = 26;
        const double LegendWidth = 178;
        int perRow = (int)((Width - Left) / LegendWidth);
        var shapes = new List<Shape> { new Label(0, 14, title, Bold: true) };
        foreach ((int i, (string name, Ink ink, _)) in Legend.Index())
        {
            double x = Left + (i % perRow * LegendWidth);
            double y = 28 + (i / perRow * 18);
            shapes.Add(new Box(x, y, 12, 12, ink));
            shapes.Add(new Label(x + 18, y + 10, Words.Cut(name, 24)));
        }
        double top = 40 + ((Legend.Count + perRow - 1) / perRow * 18);
        foreach ((int i, (string track, IReadOnlyList<Mark> marks)) in Rows.Index())
        {
            double y = top + (i * Row);
            shapes.Add(new Label(Left - 8, y + 14, Words.Cut(track, 20), Anchor: Anchor.End));
            shapes.AddRange(marks.Select(m => new Box(Left + (m.From * (Width - Left - 10)), y, Math.Max(0.4, (m.To - m.From) * (Width - Left - 10)), Row - 6, m.Ink, 1, m.Title)));
        }
        double bottom = top + (Rows.Count * Row);
        foreach (int i in Enumerable.Range(0, 5))
        {
            double x = Left + (i / 4.0 * (Width - Left - 10));
            shapes.Add(new Stroke([(x, top - 2), (x, bottom + 3)], Ink.Muted, 0.5));
            shapes.Add(new Label(x, bottom + 16, Words.Seconds(microseconds * i / 4e6), Ink.Muted, i == 4 ? Anchor.End : i == 0 ? Anchor.Start : Anchor.Middle));
        }
        return new Picture(Width, bottom + 22, title, shapes);
    }

    private static List<Mark> Marks(Track track, double all, Func<Span, Ink> inkOf)
    {
        var marks = new List<Mark>();
        int pieces = 0;
        foreach (Span span in track.Spans)
        {
            (double from, double to, Ink ink) = (span.Start / all, span.End / all, inkOf(span));
            bool isThin = to - from < Thinnest;
            if (isThin && marks.Count > 0 && pieces > 0 && marks[^1].Ink == ink && from - marks[^1].To < Thinnest)
            {
                marks[^1] = marks[^1] with { To = Math.Max(to, marks[^1].To), Title = $"{++pieces} short ones, {span.Name} the last" };
                continue;
            }
            pieces = isThin ? 1 : 0;
            marks.Add(new Mark(from, to, ink, $"{span.Name}, {Words.Seconds((span.End - span.Start) / 1e6)}"));
        }
        return marks;
    }
}
