using NeuroHal.Reports.Drawing;

namespace NeuroHal.Reports.Charts;

/// <summary>Grids of numbers as shades, side by side on one scale.</summary>
internal static class HeatMap
{
    private const int Shades = 8;
    private const double Gap = 20;
    private const double Width = 380;
    private const double Top = 20;

    /// <summary>Draws grids of one size.</summary>
    /// <param name="description">What is to be seen.</param>
    /// <param name="grids">By name; the numbers by row, then column, none below 0.</param>
    /// <param name="unit">What the numbers count.</param>
    /// <param name="aspect">A cell's height by its width.</param>
    public static Picture Draw(string description, IReadOnlyList<(string Name, double[,] Numbers)> grids, string unit, double aspect = 1)
    {
        int rows = grids[0].Numbers.GetLength(0);
        int columns = grids[0].Numbers.GetLength(1);
        double most = Math.Max(1e-9, grids.Max(g => g.Numbers.Cast<double>().Max()));
        double side = (Width - (Gap * (grids.Count - 1))) / Math.Max(2, grids.Count);
        (double cellWidth, double cellHeight) = (side / columns, side / columns * aspect);
        double bottom = Top + (rows * cellHeight);
        var shapes = new List<Shape>();
        foreach ((int i, (string name, double[,] numbers)) in grids.Index())
        {
            double left = i * (side + Gap);
            shapes.Add(new Label(left, 13, name, Bold: true));
            shapes.Add(new Box(left, Top, side, rows * cellHeight, Ink.Line, 0.35));
            foreach (IGrouping<int, (int Column, int Row)> shade in Places(rows, columns).GroupBy(p => Shade(numbers[p.Row, p.Column], most)).Where(g => g.Key > 0).OrderBy(g => g.Key))
            {
                shapes.Add(new Cells(left, Top, cellWidth, cellHeight, [.. shade], Ink.C1, Opacity(shade.Key)));
            }
        }
        AddScale(shapes, bottom + 12, most, unit);
        return new Picture(Width, bottom + 36, description, shapes);
    }

    private static void AddScale(List<Shape> shapes, double y, double most, string unit)
    {
        const double Step = 16;
        shapes.Add(new Label(0, y + 11, "0", Ink.Muted));
        shapes.Add(new Box(12, y, Step, 12, Ink.Line, 0.35));
        for (int i = 1; i <= Shades; i++)
        {
            shapes.Add(new Box(12 + (i * Step), y, Step, 12, Ink.C1, Opacity(i)));
        }
        shapes.Add(new Label(18 + ((Shades + 1) * Step), y + 11, $"{Page.Words.Short(most)} {unit}", Ink.Muted));
    }

    private static IEnumerable<(int Column, int Row)> Places(int rows, int columns) =>
        Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, columns).Select(column => (column, row)));

    private static int Shade(double number, double most) => number <= 0 ? 0 : Math.Clamp((int)Math.Ceiling(number / most * Shades), 1, Shades);

    private static double Opacity(int shade) => 0.06 + (0.94 * shade / Shades);
}
