using System.Globalization;

namespace NeuroHal.Cli.Reports;

/// <summary>Numbers as text, the same in every country.</summary>
internal static class Figures
{
    public static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => SimTime.FromSeconds(seconds).ToString();

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
