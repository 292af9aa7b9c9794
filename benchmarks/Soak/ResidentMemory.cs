using System.Globalization;

namespace NeuroHal.Benchmarks.Soak;

/// <summary>One process's resident memory over time.</summary>
/// <param name="Backend">What it trained on.</param>
/// <param name="Process">The first or the second, which went on from the first's checkpoint.</param>
/// <param name="Minutes">When, since the soak began.</param>
/// <param name="MiB">How much, as <c>VmRSS</c> of <c>/proc/PID/status</c> said.</param>
internal sealed record ResidentMemory(string Backend, string Process, double[] Minutes, double[] MiB)
{
    /// <summary>When it was first looked at.</summary>
    public double Start => Minutes[0];

    /// <summary>How long it ran, in minutes.</summary>
    public double Length => Minutes[^1] - Start;

    /// <summary>Reads the processes of a file.</summary>
    public static IEnumerable<ResidentMemory> Read(string csv) => File.ReadLines(csv).Skip(1)
        .Select(line => line.Split(','))
        .Where(f => f.Length == 4 && f[3].Length > 0)
        .GroupBy(f => (f[1], f[2]))
        .Select(g => new ResidentMemory(g.Key.Item1, g.Key.Item2, [.. g.Select(f => Number(f[0]) / 60)], [.. g.Select(f => Number(f[3]) / 1024)]));

    /// <summary>The median between two moments, in MiB.</summary>
    public double Median(double from, double to)
    {
        double[] values = [.. MiB.Where((_, i) => Minutes[i] >= from && Minutes[i] <= to).Order()];
        return values.Length > 0 ? values[values.Length / 2] : double.NaN;
    }

    /// <summary>The slope of the straight line of least squares from a moment on, in MiB a minute.</summary>
    public double Slope(double from)
    {
        int first = Array.FindIndex(Minutes, m => m >= from);
        if (first < 0)
        {
            return double.NaN;
        }
        double[] x = Minutes[first..];
        double[] y = MiB[first..];
        (double meanX, double meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
