using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;

namespace NeuroHal.Reports.Charts;

/// <summary>One line of a chart.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, Ink Ink, bool Dashed = false, bool Dots = true);

/// <summary>Lines over epochs.</summary>
internal static class LineChart
{
    private const double Width = 380;
    private const double Left = 58;
    private const double Right = 14;
    private const double PlotHeight = 190;
    private const double LegendRow = 18;
    private const int MostDots = 40;
    private const int LegendLetters = 46;

    /// <summary>Draws a chart.</summary>
    /// <param name="description">What is to be seen.</param>
    /// <param name="series">The lines; of equal ones each shows through the next.</param>
    /// <param name="format">Numbers at the upright axis.</param>
    /// <param name="fromZero">Whether the upright axis begins at nothing.</param>
    /// <param name="most">The greatest number that there can be.</param>
    public static Picture Draw(string description, IReadOnlyList<Series> series, Func<double, string> format, bool fromZero = true, double? most = null)
    {
        (double X, double Y)[] all = [.. series.SelectMany(s => s.Points)];
        Axis x = Axis.Around(0, Math.Max(1, all.Max(p => p.X)), 6, whole: true);
        x = x with { To = Math.Max(1, all.Max(p => p.X)) };
        (double low, double high) = (all.Min(p => p.Y), all.Max(p => p.Y));
        double margin = fromZero ? 0 : (high - low) * 0.1;
        Axis y = Axis.Around(fromZero ? Math.Min(0, low) : Math.Max(low - margin, Math.Min(0, low)), high + margin);
        y = most is { } m && y.To > m ? y with { To = m } : y;

        double top = 12 + (LegendRow * series.Count);
        double PlaceX(double epoch) => Left + (x.Place(epoch) * (Width - Left - Right));
        double PlaceY(double value) => top + PlotHeight - (y.Place(value) * PlotHeight);
        var shapes = new List<Shape>();
        foreach (double mark in y.Marks.Where(v => v <= y.To * 1.0001))
        {
            shapes.Add(new Stroke([(Left, PlaceY(mark)), (Width - Right, PlaceY(mark))], Ink.Line));
            shapes.Add(new Label(Left - 7, PlaceY(mark) + 4, format(mark), Ink.Muted, Anchor.End));
        }
        foreach (double mark in x.Marks.Where(v => v <= x.To + 1e-9))
        {
            shapes.Add(new Stroke([(PlaceX(mark), top + PlotHeight), (PlaceX(mark), top + PlotHeight + 4)], Ink.Muted));
            shapes.Add(new Label(PlaceX(mark), top + PlotHeight + 18, Words.Short(mark), Ink.Muted, Anchor.Middle));
        }
        shapes.Add(new Label(Left + ((Width - Left - Right) / 2), top + PlotHeight + 36, "epochs", Ink.Muted, Anchor.Middle));
        foreach ((int i, Series one) in series.Index())
        {
            double row = 12 + (LegendRow * i);
            shapes.Add(new Stroke([(2, row - 4), (24, row - 4)], one.Ink, Thickness(i), one.Dashed));
            shapes.Add(new Label(32, row, Words.Cut(one.Name, LegendLetters)));
            (double X, double Y)[] line = [.. one.Points.Select(p => (PlaceX(p.X), PlaceY(p.Y)))];
            shapes.Add(new Stroke(line, one.Ink, Thickness(i), one.Dashed));
            if (one.Dots && line.Length <= MostDots)
            {
                shapes.AddRange(line.Select((p, j) => new Box(
                    p.X - 2.5, p.Y - 2.5, 5, 5, one.Ink, 1, $"{one.Name}, epoch {Words.Short(one.Points[j].X)}: {format(one.Points[j].Y)}")));
            }
        }
        return new Picture(Width, top + PlotHeight + 44, description, shapes);
    }

    // The first is thick, so that one that is equal lies on it and hides it not.
    private static double Thickness(int number) => number == 0 ? 3.6 : 1.8;
}
