using NeuroHal.Cli.Reports;

namespace NeuroHal.Cli.Runs;

/// <summary>The faults that were put into a device on purpose.</summary>
/// <param name="Plan">The plan, in one line.</param>
/// <param name="Counts">What came of it, by kind.</param>
internal sealed record InjectedFaults(string Plan, IReadOnlyList<FaultCount> Counts)
{
    /// <summary>In words: <c>12 bit flip, 1 dead core</c>.</summary>
    internal string Injected => Counts.Count == 0
        ? "none"
        : string.Join(", ", Counts.Select(c => $"{Figures.Whole(c.Injected)} {c.Kind}{(c.Missed > 0 ? $" ({Figures.Whole(c.Missed)} more struck unused memory)" : "")}"));

    /// <summary>In words: those that the device noticed.</summary>
    internal string Detected => Counts.Where(c => c.Detected > 0).ToArray() is { Length: > 0 } detected
        ? string.Join(", ", detected.Select(c => $"{Figures.Whole(c.Detected)} {c.Kind}"))
        : "none";

    /// <summary>Those of a device; null where none were asked for.</summary>
    public static InjectedFaults? Of(IDevice device) =>
        device.Find<IFaultReport>() is { Plan: { } plan } report ? new InjectedFaults(plan, report.ReadFaults()) : null;
}
