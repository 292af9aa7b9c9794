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

    /// <summary>The meter of this host, or null where there is none or it may not be read (that takes privileges).</summary>
    public static EnergyMeter? Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }
        try
        {
            (string, long)[] packages =
            [
                .. Directory.EnumerateDirectories(folder, "intel-rapl:*")
                    .Where(d => !Path.GetFileName(d)["intel-rapl:".Length..].Contains(':', StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(d => (Path.Combine(d, "energy_uj"), Number(Path.Combine(d, "max_energy_range_uj")))),
            ];
            return packages.Length == 0 ? null : new EnergyMeter(packages);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DeviceFaultException)
        {
            return null; // no permission or no such counter: the device then says that it has no energy figures
        }
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
