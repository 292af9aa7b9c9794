using System.Globalization;
using ScottPlot;

namespace NeuroHal.Benchmarks.Faults;

/// <summary>Accuracy against the rate of upsets in theta.</summary>
internal static class FaultCurves
{
    public const int Seeds = 10;

    private const int Width = 1500;
    private const int Height = 620;
    private const double Chance = 0.1;

    private static readonly double[] _rates = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2];

    private static readonly (string Title, string Bits)[] _panels =
    [
        ("any bit of theta", ""),
        ("all but the sign and the highest bit of the exponent", ",highestBit=29"),
    ];

    private static readonly (string Label, string Policy, Moment When, string Colour, MarkerShape Marker)[] _series =
    [
        ("during training, DEEP R", "deep-r", Moment.During, "#1f77b4", MarkerShape.FilledCircle),
        ("during training, no rewiring", "static", Moment.During, "#d62728", MarkerShape.FilledSquare),
        ("first half of training, DEEP R", "deep-r", Moment.FirstHalf, "#17becf", MarkerShape.OpenCircle),
        ("first half of training, no rewiring", "static", Moment.FirstHalf, "#ff7f0e", MarkerShape.OpenSquare),
        ("after training, DEEP R", "deep-r", Moment.After, "#2ca02c", MarkerShape.FilledTriangleUp),
        ("after training, no rewiring", "static", Moment.After, "#9467bd", MarkerShape.FilledTriangleDown),
    ];

    private enum Moment
    {
        During,
        FirstHalf,
        After,
    }

    /// <summary>Runs everything, draws it, and gives the figures as a table.</summary>
    public static string Write(StudyRuns runs, string picture)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(_panels.Length);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(1, _panels.Length);
        var table = new List<string>
        {
            $"| bits that flip | when | rewiring | {string.Join(" | ", _rates.Select(Rate))} |",
            $"|---|---|---|{string.Concat(_rates.Select(_ => "---:|"))}",
        };
        for (int panel = 0; panel < _panels.Length; panel++)
        {
            Plot plot = multiplot.GetPlot(panel);
            foreach ((string label, string policy, Moment when, string colour, MarkerShape marker) in _series)
            {
                Spread[] points = [.. _rates.Select(rate => runs.Of(policy, 1, reference => Plan(reference, rate, _panels[panel].Bits, when)))];
                Draw(plot, points, label, colour, marker, Array.FindIndex(_series, s => s.Label == label));
                string[] cells = label.Split(", ");
                table.Add($"| {_panels[panel].Title} | {cells[0]} | {cells[1]} | {string.Join(" | ", points.Select(p => p.Accuracies))} |");
            }
            Finish(plot, _panels[panel].Title, panel == 0);
        }
        multiplot.SavePng(picture, Width, Height);
        return string.Join('\n', table);
    }

    /// <summary>
    /// After training as many bits flip as during it: all of them while the test images are loaded, when nothing is computed.
    /// </summary>
    private static string Plan(FaultyRun reference, double rate, string bits, Moment when)
    {
        double loading = (reference.Loaded - reference.End).Seconds;
        return when switch
        {
            Moment.During => Invariant($"upset:rate={rate},buffers=*theta*,phases=train{bits}"),
            Moment.FirstHalf => Invariant(
                $"upset:rate={2 * rate},buffers=*theta*,phases=train,until={(reference.Begin.Seconds + reference.End.Seconds) / 2}{bits}"),
            _ => Invariant($"upset:rate={rate * reference.Training.Seconds / loading},buffers=*theta*,phases=load,from={reference.End.Seconds}{bits}"),
        };
    }

    private static void Draw(Plot plot, Spread[] points, string label, string colour, MarkerShape marker, int order)
    {
        // Side by side, so that the bars of one do not hide another's.
        double[] x = [.. _rates.Select(r => Math.Log10(r) + ((order - 2.5) * 0.03))];
        double[] y = [.. points.Select(p => 100 * p.Mean)];
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, y, Color.FromHex(colour));
        (line.LegendText, line.MarkerShape, line.MarkerSize, line.LineWidth) = (label, marker, 9, 1.5f);
        ScottPlot.Plottables.ErrorBar bars = plot.Add.ErrorBar(x, y, [.. points.Select(p => 100 * p.Deviation)]);
        bars.Color = Color.FromHex(colour);
    }

    private static void Finish(Plot plot, string title, bool legend)
    {
        plot.Title(title);
        plot.XLabel("upsets per bit and second of training");
        plot.YLabel("test accuracy in %, mean and deviation of 10 seeds");
        plot.Axes.Bottom.SetTicks([.. _rates.Select(Math.Log10)], [.. _rates.Select(Rate)]);
        plot.Axes.SetLimits(-6.3, -1.7, 0, 100);
        ScottPlot.Plottables.HorizontalLine chance = plot.Add.HorizontalLine(100 * Chance);
        (chance.Color, chance.LinePattern, chance.LineWidth) = (Colors.Gray, LinePattern.Dotted, 1);
        if (legend)
        {
            plot.ShowLegend(Alignment.UpperRight);
        }
        else
        {
            plot.HideLegend();
        }
    }

    private static string Rate(double rate) => rate.ToString("0E+0", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
