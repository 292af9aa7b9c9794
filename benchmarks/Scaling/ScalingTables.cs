using System.Globalization;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>The figures as tables of Markdown.</summary>
internal static class ScalingTables
{
    /// <summary>Time, energy and memory by cores; speed-up against the first.</summary>
    public static string Emulated(IReadOnlyList<ScaledRun> runs, bool strong)
    {
        var lines = new List<string>
        {
            $"| cores | chips | network | connections | SRAM of the fullest core | fits 128 KB | time a sample | {(strong ? "speed-up" : "connections a second, against one core")} | efficiency | energy a sample | sent a sample |",
            "|---:|---:|---|---:|---:|---|---:|---:|---:|---|---:|",
        };
        ScaledRun one = runs[0];
        foreach (ScaledRun run in runs)
        {
            double gain = one.Seconds / run.Seconds * ((double)run.Connections / one.Connections);
            double efficiency = gain / ((double)run.Cores / one.Cores);
            lines.Add(Invariant(
                $"| {run.Cores:N0} | {run.Chips} | {run.Layers} | {run.Connections:N0} | {run.Needed:N0} B | {(run.Needed <= EmulatedChip.SramBytes ? "yes" : "no")} | {run.Seconds * 1e6:N1} us | {gain:N2} | {100 * efficiency:N0} % | {run.Energy.Value * 1e6:N0} uJ [{run.Energy.Low * 1e6:N0}, {run.Energy.High * 1e6:N0}] | {run.Sent / 1024:N0} KB |"));
        }
        return string.Join('\n', lines);
    }

    /// <summary>What cores do, as shares of cores times time.</summary>
    public static string Utilisation(IReadOnlyList<ScaledRun> runs)
    {
        var lines = new List<string>
        {
            $"| cores | {string.Join(" | ", ScaledRun.Parts)} |",
            $"|---:|{string.Concat(ScaledRun.Parts.Select(_ => "---:|"))}",
        };
        lines.AddRange(runs.Select(run => Invariant($"| {run.Cores:N0} | {string.Join(" | ", run.Shares.Select(s => Invariant($"{100 * s:0.0} %")))} |")));
        return string.Join('\n', lines);
    }

    /// <summary>What emulating takes.</summary>
    public static string Host(IReadOnlyList<ScaledRun> runs)
    {
        var lines = new List<string>
        {
            "| emulated cores | emulated core cycles a sample | processor time a sample | for a core | by the clock, 1 thread | all threads | host memory | for a core |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|",
        };
        lines.AddRange(runs.Select(run => Invariant(
            $"| {run.Cores:N0} | {run.BusyCycles / 1e6:N1} M | {run.HostSeconds * 1e3:N2} ms | {run.HostSeconds * 1e6 / run.Cores:N0} us | {run.WallSeconds.One * 1e3:N2} ms | {run.WallSeconds.All * 1e3:N2} ms | {run.HostBytes / 1048576.0:N1} MB | {run.HostBytes / 1024.0 / run.Cores:N0} KB |")));
        (double time, double memory) = (Slope(runs, r => r.HostSeconds), Slope(runs, r => r.HostBytes));
        lines.Add("");
        lines.Add(Invariant($"From {runs[^3].Cores:N0} to {runs[^1].Cores:N0} cores, processor time grows as the cores to the power of {time:0.00}, host memory to the power of {memory:0.00}."));
        return string.Join('\n', lines);
    }

    /// <summary>The power of the cores by which something grows, over the last three.</summary>
    private static double Slope(IReadOnlyList<ScaledRun> runs, Func<ScaledRun, double> of) =>
        Math.Log(of(runs[^1]) / of(runs[^3])) / Math.Log((double)runs[^1].Cores / runs[^3].Cores);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
