namespace NeuroHal.Results;

/// <summary>The faults that were put into a device on purpose.</summary>
/// <param name="Plan">The plan, in one line.</param>
/// <param name="Counts">What came of it, by kind.</param>
public sealed record InjectedFaults(string Plan, IReadOnlyList<FaultCount> Counts)
{
    /// <summary>Those of a device; null where none were asked for.</summary>
    public static InjectedFaults? Of(IDevice device) =>
        device.Find<IFaultReport>() is { Plan: { } plan } report ? new InjectedFaults(plan, report.ReadFaults()) : null;
}
