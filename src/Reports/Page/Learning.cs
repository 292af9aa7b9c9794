using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Drawing;

namespace NeuroHal.Reports.Page;

/// <summary>How far training was at a moment.</summary>
/// <param name="Epochs">Epochs, of the present one the part that is done.</param>
/// <param name="Train">The share of the epoch's images classified rightly before they were learnt from.</param>
public sealed record LearningPoint(double Epochs, double Train)
{
    /// <summary>The share of held-out images classified rightly; null where none were looked at.</summary>
    public double? Validation { get; init; }

    /// <summary>The mean cross-entropy in nats; null where it is not known.</summary>
    public double? Loss { get; init; }

    /// <summary>The connections present; null where that is not known.</summary>
    public int? Connections { get; init; }

    /// <summary>The connections placed anew in the epoch; null where that is not known.</summary>
    public long? Rewired { get; init; }

    /// <summary>Device time of training so far, in seconds; null where that is not known.</summary>
    public double? DeviceSeconds { get; init; }

    /// <summary>Energy of training so far; null where there is no meter.</summary>
    public double? Joules { get; init; }
}

/// <summary>A run's course.</summary>
internal sealed record LearningCourse(string Name, IReadOnlyList<LearningPoint> Points, int Budget, string? EnergySource);

/// <summary>How training went, epoch by epoch.</summary>
internal static class Learning
{
    public static Html Of(IReadOnlyList<LearningCourse> courses, FigureList figures)
    {
        if (courses.All(c => c.Points.Count == 0))
        {
            return Html.Of($"<section id=\"learning\"><h2>Learning</h2><p>No epoch was completed.</p></section>\n");
        }
        var all = new List<Html>();
        void Chart(string file, string title, Html caption, Func<LearningPoint, double?> of, Func<double, string> format, double? most = null, bool fromZero = true, params Series[] others)
        {
            Series[] series = [.. Lines(courses, of), .. others];
            if (series.Any(s => s.Points.Count > 0 && !others.Contains(s)))
            {
                Picture picture = LineChart.Draw($"{title}: {Ends(series, format)}", [.. series.Where(s => s.Points.Count > 0)], format, fromZero, most);
                all.Add(Html.Of($"<div class=\"card\"><h3>{title}</h3>{figures.Figure(file, picture, caption)}</div>\n"));
            }
        }
        Series[] held = [.. Lines(courses, p => p.Validation).Select((s, i) => s with { Name = $"{s.Name}, validation", Ink = Picture.Series(courses.Count + i) }).Where(s => s.Points.Count > 0)];
        Chart("accuracy", "Accuracy", Html.Of($"Training images classified rightly before they were learnt from{(held.Length > 0 ? ", and held-out images" : "")}."),
            p => p.Train, v => $"{Words.Short(100 * v)} %", 1, false, held);
        Chart("loss", "Loss", Html.Of($"Mean cross-entropy in training, in nats."), p => p.Loss, v => Words.Short(v));
        int budget = courses.Max(c => c.Budget);
        double last = courses.Max(c => c.Points.Count > 0 ? c.Points[^1].Epochs : 0);
        Chart("connections", "Active connections", Html.Of($"Connections at the end of each epoch, and as many as there may be: {Words.Whole(budget)}."),
            p => p.Connections, v => Words.Whole((long)v), null, true,
            new Series($"budget, {Words.Whole(budget)}", [(0, budget), (last, budget)], Ink.Muted, Dashed: true, Dots: false));
        Chart("rewired", "Rewired in each epoch", Html.Of($"Connections removed and placed anew, epoch by epoch."), p => p.Rewired, v => Words.Whole((long)v));
        Chart("energy-course", "Energy", Html.Of($"Energy of training so far{Sources(courses)}. The line is the best figure, not its bounds."), p => p.Joules, v => Words.Mark(v, "J"));
        Chart("time-course", "Device time", Html.Of($"Time of training so far, on each device's own clock."), p => p.DeviceSeconds, v => Words.Mark(v, "s"));
        return Html.Of($"<section id=\"learning\"><h2>Learning</h2><div class=\"cards\">{all}</div></section>\n");
    }

    private static IEnumerable<Series> Lines(IReadOnlyList<LearningCourse> courses, Func<LearningPoint, double?> of) => courses.Select((course, i) => new Series(
        course.Name,
        [.. course.Points.Where(p => of(p) is { } y && double.IsFinite(y)).Select(p => (p.Epochs, of(p)!.Value))],
        Picture.Series(i),
        Dashed: i > 0));

    private static string Ends(IEnumerable<Series> series, Func<double, string> format) =>
        string.Join("; ", series.Where(s => s.Points.Count > 0).Select(s => $"{s.Name} {format(s.Points[^1].Y)} at epoch {Words.Short(s.Points[^1].X)}"));

    private static string Sources(IReadOnlyList<LearningCourse> courses) => courses.Where(c => c.EnergySource is not null).ToArray() switch
    {
        [] => "",
        [var one] => $", {one.EnergySource}",
        var several => "; at the end " + string.Join("; ", several.Select(c => $"{c.Name}: {c.EnergySource}")),
    };
}
