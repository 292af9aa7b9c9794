using System.Globalization;
using NeuroHal.Cli.Reports;
using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Cli.Divergences;

/// <summary>Says where two backends part.</summary>
internal static class DivergenceReport
{
    /// <summary>Prints what was found.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What the first of the two is called.</param>
    /// <param name="actual">What the second is called.</param>
    /// <param name="ulps">How far floating-point numbers could be apart.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Terminal terminal, RunComparer found, string expected, string actual, ulong ulps)
    {
        if (found.Divergence is not { } divergence)
        {
            string bound = ulps == 0 ? "" : $" beyond {ulps} ULPs";
            terminal.Result($"No divergence{bound} in {Figures.Whole(found.Supersteps)} supersteps, {Figures.Whole(found.KernelCalls)} kernel calls.");
            terminal.Json(Document(found, expected, actual, ulps, []));
            return ExitCode.Done;
        }
        terminal.Result($"{expected} and {actual} DIVERGE after {Figures.Whole(found.Supersteps)} supersteps that are the same.");
        int width = Math.Max(12, Math.Max(expected.Length, actual.Length)) + 2;
        foreach ((string name, string value) in Lines(divergence, expected, actual))
        {
            terminal.Result($"  {name.PadRight(width)}{value}");
        }
        terminal.Json(Document(found, expected, actual, ulps, Lines(divergence, expected, actual)));
        return ExitCode.Failed;
    }

    private static object Document(RunComparer found, string expected, string actual, ulong ulps, IEnumerable<(string Name, string Value)> lines) => new
    {
        ResultFile.SchemaVersion,
        Command = "compare",
        Expected = expected,
        Actual = actual,
        Ulps = ulps,
        found.Supersteps,
        found.KernelCalls,
        Diverge = found.Divergence is not null,
        Divergence = lines.Select(l => new { l.Name, l.Value }),
    };

    private static IEnumerable<(string Name, string Value)> Lines(Divergence divergence, string expected, string actual)
    {
        yield return ("superstep", $"{Figures.Whole(divergence.Superstep)}, '{divergence.SuperstepName}'");
        if (divergence.Core is { } core)
        {
            yield return ("core", core.ToString(CultureInfo.InvariantCulture));
        }
        switch (divergence)
        {
            case ValueDivergence value:
                yield return value.Kind == EventKind.Kernel
                    ? ("kernel", $"{value.Kernel}, its call {Figures.Whole(value.Call)} on this core; kernel call {value.CallInSuperstep} of the superstep")
                    : ("kernel", $"none: {Transfer(value)}");
                yield return ("buffer", $"{value.Buffer}, {Figures.Whole(value.Differing)} of {Figures.Whole(value.Length)} elements differ");
                yield return ("element", value.ElementName);
                yield return (expected, value.Expected);
                yield return (actual, value.Actual);
                yield return ("apart by", value.Ulps switch
                {
                    null => "not floating-point numbers; other bits",
                    0 => "0 ULPs; other bits",
                    1 => "1 ULP",
                    { } ulps => $"{ulps} ULPs",
                });
                break;
            case EventDivergence other:
                yield return (expected, other.Expected);
                yield return (actual, other.Actual);
                break;
        }
    }

    private static string Transfer(ValueDivergence value) => value.Kind switch
    {
        EventKind.Load => $"transfer/barrier, seen when load {Figures.Whole(value.Call)} on this core was started, before it was awaited",
        EventKind.Wait => $"transfer/barrier, seen when wait {Figures.Whole(value.Call)} on this core was over",
        EventKind.Barrier => "transfer/barrier, seen after the superstep's barrier",
        _ => "host link, seen when the superstep began",
    };
}
