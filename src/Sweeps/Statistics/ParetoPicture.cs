using NeuroHal.Checkpoints;
using NeuroHal.Sweeps.Tables;
using ScottPlot;

namespace NeuroHal.Sweeps.Statistics;

/// <summary>Accuracy against a cost: single runs, their means over seeds with confidence intervals, and the Pareto front of the means.</summary>
public static class ParetoPicture
{
    private const int Width = 1100;
    private const int Height = 700;

    private static readonly Color _single = Color.FromHex("#b8c4d0");
    private static readonly Color _mean = Color.FromHex("#1f77b4");
    private static readonly Color _front = Color.FromHex("#d62728");

    /// <summary>Draws it as PNG and SVG.</summary>
    /// <param name="path">The files, without what their names end in.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="cost">What a run costs; runs without that are left out.</param>
    /// <param name="label">What that is, with its unit.</param>
    /// <returns>Whether there was anything to draw.</returns>
    public static bool Write(string path, IReadOnlyList<SweepRow> rows, Func<SweepRow, double?> cost, string label)
    {
        (RunGroup Group, StudentInterval Cost, StudentInterval Accuracy)[] means =
        [
            .. RunGroup.Of([.. rows.Where(r => r.Result is not null && cost(r) is not null)])
                .Select(g => (g, g.Mean(cost)!, g.Mean(r => r.Result!.Accuracy.Test * 100)!)),
        ];
        if (means.Length == 0)
        {
            return false;
        }
        using var plot = new Plot();
        (RunGroup Group, double, double)[] singles = [.. means.SelectMany(m => m.Group.Done.Select(r => (m.Group, cost(r)!.Value, r.Result!.Accuracy.Test * 100)))];
        if (singles.Length > means.Length)
        {
            Points(plot, [.. singles.Select(s => (s.Item2, s.Item3))], _single, 5, "runs");
        }
        Points(plot, [.. means.Select(m => (m.Cost.Mean, m.Accuracy.Mean))], _mean, 9, singles.Length > means.Length ? "means over seeds, 95 % (Student t)" : "runs");
        (RunGroup, StudentInterval Cost, StudentInterval Accuracy)[] spread = [.. means.Where(m => m.Accuracy.HalfWidth > 0)];
        if (spread.Length > 0)
        {
            var bars = plot.Add.ErrorBar(
                spread.Select(m => m.Cost.Mean).ToArray(), spread.Select(m => m.Accuracy.Mean).ToArray(), spread.Select(m => m.Accuracy.HalfWidth!.Value).ToArray());
            bars.Color = _mean;
        }
        IReadOnlyList<int> front = ParetoFront.Of([.. means.Select(m => (m.Cost.Mean, m.Accuracy.Mean))]);
        var line = plot.Add.ScatterLine(front.Select(i => means[i].Cost.Mean).ToArray(), front.Select(i => means[i].Accuracy.Mean).ToArray());
        (line.Color, line.LineWidth) = (_front, 1.5f);
        Points(plot, [.. front.Select(i => (means[i].Cost.Mean, means[i].Accuracy.Mean))], _front, 11, "Pareto front");
        foreach (int i in front)
        {
            var text = plot.Add.Text(means[i].Group.Description, means[i].Cost.Mean, means[i].Accuracy.Mean);
            (text.LabelFontSize, text.OffsetX, text.OffsetY) = (11, 8, 6);
        }
        plot.XLabel(label);
        plot.YLabel("test accuracy in %");
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.Margins(0.18, 0.12);
        DurableFile.Write(path + ".png", stream => stream.Write(plot.GetImageBytes(Width, Height, ImageFormat.Png)));
        DurableFile.Write(path + ".svg", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height))));
        return true;
    }

    private static void Points(Plot plot, (double X, double Y)[] points, Color colour, float size, string label)
    {
        var scatter = plot.Add.ScatterPoints(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), colour);
        (scatter.MarkerSize, scatter.LegendText) = (size, label);
    }
}
