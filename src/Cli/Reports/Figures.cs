using System.Globalization;

namespace NeuroHal.Cli.Reports;

/// <summary>Numbers as text, the same in every country.</summary>
internal static class Figures
{
    public static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An energy without its bounds.</summary>
    public static string Best(Joules energy) => energy.ToString().Split(" [")[0];

    /// <summary>The bounds of an energy, in the unit that it is told in.</summary>
    public static string Bounds(Joules energy) => $"[{energy.ToString().Split(" [")[1]}";

    /// <summary>A ratio, to three digits.</summary>
    public static string Times(double ratio) => ratio < 100 ? Invariant($"x {ratio:G3}") : Invariant($"x {ratio:N0}");

    public static string Seconds(double seconds) => SimTime.FromSeconds(seconds).ToString();

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
