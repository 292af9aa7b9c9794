using System.Globalization;

namespace NeuroHal.Cli.Reports;

/// <summary>Numbers as text, the same in every country.</summary>
internal static class Figures
{
    /// <summary>Behind a host's time that is so short that the start is a good part of it.</summary>
    public const string WithStart = ", with start-up";

    /// <summary>What that means.</summary>
    public const string StartNote =
        "With start-up: a host's time of less than a second includes compiling the program as it starts, some hundredths of a second; its speed is higher than that.";

    public static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An energy without its bounds.</summary>
    public static string Best(Joules energy) => energy.ToString().Split(" [")[0];

    /// <summary>The bounds of an energy, in the unit that it is told in.</summary>
    public static string Bounds(Joules energy)
    {
        string[] parts = energy.ToString().Split(' ', 3); // value, unit, bounds
        return $"{parts[2]} {parts[1]}";
    }

    /// <summary>How an energy was got.</summary>
    public static string Source(EnergyMethod method, double assumedShare) =>
        method == EnergyMethod.Measured ? "measured" : Invariant($"modelled, {100 * assumedShare:0} % assumed");

    /// <summary>Where figures come from.</summary>
    public static string Kind(DeviceKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>A ratio, to three digits.</summary>
    public static string Times(double ratio) => ratio < 100 ? Invariant($"x {ratio:G3}") : Invariant($"x {ratio:N0}");

    public static string Seconds(double seconds) => SimTime.FromSeconds(seconds).ToString();

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
