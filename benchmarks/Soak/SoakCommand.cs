using System.CommandLine;
using System.Globalization;
using ScottPlot;

namespace NeuroHal.Benchmarks.Soak;

/// <summary>Draws what <c>tools/soak</c> sampled, and says whether memory grew.</summary>
internal static class SoakCommand
{
    // What a process takes to get going: JIT, the data set, the first collections.
    private const double SettlingMinutes = 5;

    public static Command Create()
    {
        var command = new Command("soak", "Plot the resident memory that tools/soak sampled, and print its trend as Markdown");
        Argument<string> samples = new("CSV") { Description = "What tools/soak wrote" };
        Argument<string> picture = new("PNG") { Description = "Where the plot goes" };
        command.Arguments.Add(samples);
        command.Arguments.Add(picture);
        command.SetAction(parsed => Run(parsed.GetValue(samples)!, parsed.GetValue(picture)!));
        return command;
    }

    private static int Run(string csv, string picture)
    {
        ResidentMemory[] processes = [.. ResidentMemory.Read(csv)];
        using var plot = new Plot();
        Console.WriteLine("| backend | process | minutes | at most, MiB | median after 5 minutes, MiB | median of the last 5, MiB | trend after 5 minutes, MiB an hour |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (ResidentMemory process in processes)
        {
            var line = plot.Add.ScatterLine(process.Minutes, process.MiB);
            line.LegendText = $"{process.Backend}, process {process.Process}";
            double end = process.Minutes[^1];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {process.Backend} | {process.Process} | {process.Length:0} | {process.MiB.Max():0} | {process.Median(process.Start + SettlingMinutes, process.Start + (2 * SettlingMinutes)):0} | {process.Median(end - SettlingMinutes, end):0} | {60 * process.Slope(process.Start + SettlingMinutes):+0.0;-0.0} |"));
        }
        plot.XLabel("minutes");
        plot.YLabel("resident memory in MiB");
        plot.Axes.SetLimitsY(0, 1.1 * processes.Max(p => p.MiB.Max()));
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(picture, 1200, 500);
        return 0;
    }
}
