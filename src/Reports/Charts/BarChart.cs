using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;

namespace NeuroHal.Reports.Charts;

/// <summary>Bars to the right, with their names and figures.</summary>
internal static class BarChart
{
    private const double Width = 640;
    private const double Row = 22;
    private const double BarsAt = 190;
    private const double BarsTo = 510;
    private const int NameLetters = 28;

    /// <summary>Draws bars in their order.</summary>
    public static Picture Draw(string title, IReadOnlyList<(string Name, double Value, string Figure)> bars)
    {
        double most = Math.Max(1e-300, bars.Max(b => b.Value));
        var shapes = new List<Shape> { new Label(0, 14, title, Bold: true) };
        foreach ((int i, (string name, double value, string figure)) in bars.Index())
        {
            double y = 30 + (Row * i);
            double width = Math.Max(0, value) / most * (BarsTo - BarsAt);
            shapes.Add(new Label(BarsAt - 8, y + 12, Words.Cut(name, NameLetters), Anchor: Anchor.End));
            shapes.Add(new Box(BarsAt, y, width, Row - 6, Ink.C1));
            shapes.Add(new Label(BarsAt + width + 8, y + 12, figure, Ink.Muted));
        }
        return new Picture(Width, 36 + (Row * bars.Count), title, shapes);
    }
}
