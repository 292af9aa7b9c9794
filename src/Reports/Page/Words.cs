using System.Globalization;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>Figures as text, the same in every country, energies never without how they were got.</summary>
internal static class Words
{
    private static readonly (double Scale, string Unit)[] _scales = [(1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p")];

    public static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => $"{Whole(bytes)} B";

    public static string Seconds(double seconds) => Scaled(seconds, "s");

    public static string Joules(double joules) => Scaled(joules, "J");

    public static string Watts(double watts) => Scaled(watts, "W");

    /// <summary>Four digits that count and a unit, such as <c>641.6 mJ</c>.</summary>
    public static string Scaled(double value, string unit)
    {
        (double scale, string prefix) = Scale(value);
        return $"{Digits(value / scale)} {prefix}{unit}";
    }

    /// <summary>The figure and its source: <c>641.6 mJ, modelled [257.6, 1,086], 17 % assumed</c>.</summary>
    public static string Energy(EnergyRecord energy) => $"{Joules(energy.Joules)}, {Source(energy)}";

    /// <summary>How an energy was got: bounds in the unit of the figure, and what rests on assumptions.</summary>
    public static string Source(EnergyRecord energy)
    {
        (double scale, string prefix) = Scale(energy.Joules);
        string bounds = $"[{Digits(energy.Low / scale)}, {Digits(energy.High / scale)}] {prefix}J";
        return energy.Method == EnergyMethod.Measured ? $"measured {bounds}" : $"modelled {bounds}, {Assumed(energy)}";
    }

    public static string Assumed(EnergyRecord energy) => (100 * energy.AssumedShare).ToString("0", CultureInfo.InvariantCulture) + " % assumed";

    /// <summary>How often the first a figure is: <c>1.92 ×</c>.</summary>
    public static string Ratio(double value, double first) => first > 0 && double.IsFinite(value) ? $"{(value == first ? "1" : Digits(value / first))} ×" : "";

    public static string Kind(DeviceKind kind) => kind switch
    {
        DeviceKind.Emulation => "emulated",
        DeviceKind.Hardware => "hardware",
        _ => "reference (host)",
    };

    /// <summary>A domain's name as in a result, in words.</summary>
    public static string Domain(string name) => name switch
    {
        "coreDynamic" => "cores, computing",
        "coreStatic" => "cores, static",
        "sram" => "local memory (SRAM)",
        "dma" => "DMA engines",
        "noc" => "network on chip",
        "dram" => "external memory (DRAM)",
        "accelerator" => "accelerators",
        "hostLink" => "link to the host",
        "package" => "processor package",
        _ => name,
    };

    /// <summary>What is said of a time in which a host's start is a good part.</summary>
    public static string Start(RunRecord run) => HostTime.IncludesStart(run.Backend.Kind, run.Time.DeviceSecondsTraining) ? ", with start-up" : "";

    /// <summary>A text no longer than a place for it.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");

    public static string Digits(double value)
    {
        double size = Math.Abs(value);
        string format = size switch
        {
            >= 1000 => "N0",
            >= 100 => "0.0",
            >= 10 => "0.00",
            _ => "0.000",
        };
        return value == 0 ? "0" : size is < 0.001 or >= 1e12 ? value.ToString("0.00e0", CultureInfo.InvariantCulture) : value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A mark at an axis: as few digits as it takes, and a unit.</summary>
    public static string Mark(double value, string unit)
    {
        (double scale, string prefix) = Scale(value);
        return value == 0 ? "0" : $"{(value / scale).ToString("#,0.##", CultureInfo.InvariantCulture)} {prefix}{unit}";
    }

    /// <summary>At most two decimals.</summary>
    public static string Short(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static (double Scale, string Prefix) Scale(double value)
    {
        double size = Math.Abs(value);
        return size == 0 ? _scales[0] : _scales.FirstOrDefault(s => size >= s.Scale, _scales[^1]);
    }
}
