namespace NeuroHal.Cli.Reproduction;

/// <summary>
/// What a host takes while one of its cores computes, where it has no meter that may be read.
/// </summary>
internal static class HostPower
{
    /// <summary>Watts: the best value and its bounds.</summary>
    public const double Watts = 20;

    /// <summary>A mobile core at a low clock.</summary>
    public const double Low = 5;

    /// <summary>A whole desktop or server package with one core busy.</summary>
    public const double High = 80;

    /// <summary>Where the numbers come from.</summary>
    public const string Source =
        "assumed: one busy x86 core with its share of caches and memory controller, 5 W (mobile) to 80 W (whole package of a server)";

    /// <summary>The energy over a time: measured where the device measured it, else by the model above.</summary>
    public static Joules Energy(SimTime time, EnergyReading? measured, SimTime measuredTime) => measured is { } reading
        ? reading.Total * (time.Seconds / measuredTime.Seconds)
        : new Joules(Watts * time.Seconds, Low * time.Seconds, High * time.Seconds);

    /// <summary>How the energy was got.</summary>
    public static string Method(EnergyReading? measured) => measured is null ? $"wall time x {Source}" : "wall time x power measured by RAPL";
}
