using ScottPlot;

namespace NeuroHal.Cli.Timelines;

/// <summary>Draws a timeline: a row for each track, colours by what the time was spent on.</summary>
internal static class TimelinePicture
{
    private const int Width = 1600;
    private const int RowHeight = 44;
    private const double BarHeight = 0.8;
    private const double MicrosecondsPerPicosecond = 1e-6;

    private static readonly (TimelineActivity Activity, string Label, Color Colour)[] _activities =
    [
        (TimelineActivity.Compute, "computing", Color.FromHex("#1f77b4")),
        (TimelineActivity.Transfer, "transfer", Color.FromHex("#ff7f0e")),
        (TimelineActivity.Wait, "waiting", Color.FromHex("#d9d9d9")),
        (TimelineActivity.LevelSwitch, "changing level", Color.FromHex("#9467bd")),
    ];

    /// <summary>Draws the last samples of a timeline, so that single kernels can be told apart.</summary>
    /// <param name="file">Where to, as PNG.</param>
    /// <param name="timeline">What to draw.</param>
    /// <param name="from">From when.</param>
    /// <param name="to">Until when.</param>
    public static void Write(string file, TimelineRecorder timeline, SimTime from, SimTime to)
    {
        using var plot = new Plot();
        IReadOnlyList<string> tracks = timeline.Tracks;
        foreach ((TimelineActivity activity, string label, Color colour) in _activities)
        {
            Bar[] bars =
            [
                .. timeline.Spans.Where(s => s.Activity == activity && s.End > from && s.Start < to).Select(s => new Bar
                {
                    Position = tracks.Count - 1 - tracks.ToList().IndexOf(s.Track),
                    ValueBase = Time(SimTime.Max(s.Start, from) - from),
                    Value = Time((s.End < to ? s.End : to) - from),
                    Size = BarHeight,
                    FillColor = colour,
                    LineWidth = 0,
                    Orientation = Orientation.Horizontal,
                }),
            ];
            if (bars.Length > 0)
            {
                plot.Add.Bars(bars).LegendText = label;
            }
        }
        plot.Axes.Left.SetTicks(
            [.. Enumerable.Range(0, tracks.Count).Select(i => (double)(tracks.Count - 1 - i))], [.. tracks]);
        plot.Axes.SetLimits(0, Time(to - from), -0.7, tracks.Count - 0.3);
        plot.XLabel("emulated time in microseconds");
        plot.ShowLegend(Edge.Top);
        int height = 140 + (RowHeight * tracks.Count);
        plot.SavePng(file, Width, height);
    }

    private static double Time(SimTime span) => span.Picoseconds * MicrosecondsPerPicosecond;
}
