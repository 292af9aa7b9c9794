using System.Globalization;
using ScottPlot;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>The figures as pictures.</summary>
internal static class ScalingPlots
{
    private const int Width = 1500;
    private const int Height = 620;

    private static readonly string[] _colours = ["#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#7f7f7f", "#e6c34a", "#d62728"];

    /// <summary>Speed-up, and what cores do.</summary>
    public static void Emulated(IReadOnlyList<(string Name, IReadOnlyList<ScaledRun> Runs)> series, IReadOnlyList<ScaledRun> shown, string picture)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(2);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(1, 2);
        SpeedUp(multiplot.GetPlot(0), series);
        Utilisation(multiplot.GetPlot(1), shown);
        multiplot.SavePng(picture, Width, Height);
    }

    /// <summary>Host time and host memory against cores.</summary>
    public static void Host(IReadOnlyList<ScaledRun> runs, string picture)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(2);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(1, 2);
        double[] cores = [.. runs.Select(r => (double)r.Cores)];
        Plot time = multiplot.GetPlot(0);
        double[] cpu = [.. runs.Select(r => r.HostSeconds * 1e3)];
        Line(time, cores, cpu, "processor time, one thread", 0);
        Guides(time, cores, cpu);
        Finish(time, "host time of a sample", "emulated cores", "ms", Alignment.UpperLeft);

        Plot memory = multiplot.GetPlot(1);
        double[] bytes = [.. runs.Select(r => r.HostBytes / 1048576.0)];
        Line(memory, cores, bytes, "device and training", 0);
        Guides(memory, cores, bytes);
        Finish(memory, "host memory", "emulated cores", "MB", Alignment.UpperLeft);
        multiplot.SavePng(picture, Width, Height);
    }

    private static void SpeedUp(Plot plot, IReadOnlyList<(string Name, IReadOnlyList<ScaledRun> Runs)> series)
    {
        foreach ((int i, (string name, IReadOnlyList<ScaledRun> runs)) in series.Index())
        {
            ScaledRun one = runs[0];
            Line(
                plot,
                [.. runs.Select(r => (double)r.Cores / one.Cores)],
                [.. runs.Select(r => one.Seconds / r.Seconds * r.Connections / one.Connections)],
                name,
                i);
        }
        double most = series.Max(s => s.Runs[^1].Cores);
        ScottPlot.Plottables.LinePlot ideal = plot.Add.Line(0, 0, Math.Log10(most), Math.Log10(most));
        (ideal.Color, ideal.LinePattern, ideal.LegendText) = (Colors.Gray, LinePattern.Dotted, "as many times as cores");
        Finish(plot, "connections trained a second, against one core", "cores", "times", Alignment.UpperLeft);
    }

    private static void Utilisation(Plot plot, IReadOnlyList<ScaledRun> runs)
    {
        for (int at = 0; at < runs.Count; at++)
        {
            double bottom = 0;
            for (int part = 0; part < ScaledRun.Parts.Count; part++)
            {
                double top = bottom + (100 * runs[at].Shares[part]);
                ScottPlot.Bar bar = new() { Position = at, ValueBase = bottom, Value = top, FillColor = Color.FromHex(_colours[part]), LineWidth = 0 };
                plot.Add.Bar(bar);
                bottom = top;
            }
        }
        plot.Title("what cores do, share of their time");
        plot.XLabel("cores");
        plot.YLabel("%");
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, runs.Count).Select(i => (double)i)], [.. runs.Select(r => $"{r.Cores}")]);
        plot.Axes.SetLimits(-0.6, runs.Count - 0.4, 0, 100);
        plot.Legend.ManualItems.AddRange(ScaledRun.Parts.Select((part, i) => new LegendItem { LabelText = part, FillColor = Color.FromHex(_colours[i]) }).Reverse());
        plot.ShowLegend(Edge.Right);
    }

    private static void Line(Plot plot, double[] x, double[] y, string label, int colour)
    {
        double[] powers = [.. x.Select(Math.Log10)];
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(powers, y.Select(Math.Log10).ToArray(), Color.FromHex(_colours[colour]));
        (line.LegendText, line.MarkerSize, line.LineWidth) = (label, 8, 1.5f);
    }

    /// <summary>Growth in proportion to the cores and with their square, from 152 cores on.</summary>
    private static void Guides(Plot plot, double[] cores, double[] y)
    {
        int from = Array.IndexOf(cores, 152.0);
        double right = Math.Log10(cores[^1]);
        (double left, double bottom) = (Math.Log10(cores[from]), Math.Log10(y[from]));
        foreach ((int power, string label) in new[] { (1, "in proportion to the cores"), (2, "with their square") })
        {
            ScottPlot.Plottables.LinePlot line = plot.Add.Line(left, bottom, right, bottom + (power * (right - left)));
            (line.Color, line.LinePattern, line.LegendText) = (Colors.Gray, power > 1 ? LinePattern.Dashed : LinePattern.Dotted, label);
        }
    }

    private static void Finish(Plot plot, string title, string x, string y, Alignment legend)
    {
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        var ticks = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = power => Math.Pow(10, power).ToString("#,0.###", CultureInfo.InvariantCulture),
        };
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Left.TickGenerator = ticks;
        plot.ShowLegend(legend);
    }
}
