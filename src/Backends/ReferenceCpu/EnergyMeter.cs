using System.Globalization;

namespace NeuroHal.ReferenceCpu;

/// <summary>
/// The energy of the processor packages as Linux reads it from RAPL (intel-rapl under powercap, also on AMD). The whole
/// package counts, other processes on it too.
/// </summary>
internal sealed class EnergyMeter
{
    private readonly (string Counter, long Range)[] _packages;
    private readonly long[] _last;

    private EnergyMeter((string Counter, long Range)[] packages)
    {
        _packages = packages;
        _last = [.. packages.Select(p => Number(p.Counter))];
    }

    /// <summary>
    /// The meter of this host. Zones of powercap are named: a package's begins with "package", on AMD too; its parts (core, uncore,
    /// dram) are zones below it, and "psys" is the whole platform with the packages in it, so neither is added to them.
    /// </summary>
    /// <returns>The meter; or null and why, where that can be said: a package's counter is there, but may not be read (that takes privileges).</returns>
    public static (EnergyMeter? Meter, string? NoneBecause) Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return (null, null);
        }
        string counter = folder;
        try
        {
            var packages = new List<(string, long)>();
            foreach (string zone in Directory.EnumerateDirectories(folder, "intel-rapl:*").Where(IsPackage).Order(StringComparer.Ordinal))
            {
                counter = Path.Combine(zone, "energy_uj");
                Number(counter);
                packages.Add((counter, Number(Path.Combine(zone, "max_energy_range_uj"))));
            }
            return (packages.Count == 0 ? null : new EnergyMeter([.. packages]), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DeviceFaultException)
        {
            return (null, $"meter not readable: {PrintableLine.Of(counter)}");
        }
    }

    private static bool IsPackage(string zone)
    {
        string name = Path.Combine(zone, "name");
        return File.Exists(name) && File.ReadAllText(name).StartsWith("package", StringComparison.Ordinal);
    }

    /// <summary>The microjoules since the last call, or since the meter was found.</summary>
    /// <exception cref="DeviceFaultException">A counter can be read no more.</exception>
    public long Take()
    {
        long sum = 0;
        for (int i = 0; i < _packages.Length; i++)
        {
            long now = Number(_packages[i].Counter);
            long used = now - _last[i];
            sum += used >= 0 ? used : used + _packages[i].Range;
            _last[i] = now;
        }
        return sum;
    }

    private static long Number(string file)
    {
        try
        {
            return long.TryParse(
                File.ReadAllText(file), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new DeviceFaultException($"ReferenceCpu: the energy counter {file} holds no number of microjoules.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeviceFaultException($"ReferenceCpu: the energy counter {file} cannot be read: {e.Message}", e);
        }
    }
}
