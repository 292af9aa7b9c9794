using System.Globalization;

namespace NeuroHal.Cli.Sweeping;

/// <summary>How many runs this machine takes at a time.</summary>
internal static class HostCapacity
{
    // What a run is taken to need where none was measured: the runtime, MNIST as numbers, and as much again.
    private const long AssumedBytes = 512L << 20;
    private const double Reserve = 1.25;

    /// <summary>As many as there are processors, as far as memory goes.</summary>
    /// <param name="peakBytes">The most memory that a run of the sweep was seen to hold; null where none was.</param>
    public static int Parallel(long? peakBytes)
    {
        double each = peakBytes is { } peak ? peak * Reserve : AssumedBytes;
        return (int)Math.Clamp(AvailableBytes() / each, 1, Environment.ProcessorCount);
    }

    private static double AvailableBytes()
    {
        double limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes; // a container's limit, where there is one
        const string Linux = "/proc/meminfo";
        string? line = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)) : null;
        string? kibibytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out double free) ? Math.Min(limit, free * 1024) : limit;
    }
}
