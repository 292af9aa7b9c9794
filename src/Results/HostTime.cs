namespace NeuroHal.Results;

/// <summary>Time that a processor measured of itself while it ran a program that is compiled as it starts.</summary>
public static class HostTime
{
    /// <summary>
    /// In seconds: what is shorter tells of starting as much as of running. Compiling the kernels takes some hundredths of a second
    /// (docs/hardware-model.md), so of a second it is a few percent.
    /// </summary>
    public const double Short = 1;

    /// <summary>Whether the start is a good part of it.</summary>
    /// <param name="kind">Where it was measured; only a host compiles what it measures.</param>
    /// <param name="seconds">The time.</param>
    public static bool IncludesStart(DeviceKind kind, double seconds) => kind == DeviceKind.Host && seconds < Short;
}
