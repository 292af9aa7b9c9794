namespace NeuroHal.Sweeps.Planning;

/// <summary>What one run took: so much whatever its length, and so much for each sample.</summary>
/// <param name="Fixed">Seconds, whatever the samples.</param>
/// <param name="PerSample">Seconds for each sample trained on.</param>
public sealed record RunCost(double Fixed, double PerSample)
{
    /// <summary>The line through two measurements of one run, cut short at different lengths; none of its parts is less than 0.</summary>
    /// <param name="less">Samples and seconds of the shorter.</param>
    /// <param name="more">Samples and seconds of the longer; the same as the shorter where there is but one.</param>
    public static RunCost Of((double Samples, double Seconds) less, (double Samples, double Seconds) more)
    {
        if (more.Samples <= less.Samples)
        {
            return new RunCost(0, less.Seconds / less.Samples);
        }
        double slope = Math.Max(0, (more.Seconds - less.Seconds) / (more.Samples - less.Samples));
        return new RunCost(Math.Max(0, less.Seconds - (slope * less.Samples)), slope);
    }

    /// <summary>Seconds for a number of samples.</summary>
    public double Seconds(double samples) => Fixed + (PerSample * samples);
}

/// <summary>Host time that runs will take, one after the other.</summary>
/// <param name="Seconds">By the mean of the costs known.</param>
/// <param name="Low">By the least of them.</param>
/// <param name="High">By the greatest of them.</param>
/// <param name="Basis">How it was got, in words.</param>
public sealed record CostEstimate(double Seconds, double Low, double High, string Basis)
{
    /// <summary>The time of some runs by the costs of others.</summary>
    /// <param name="due">The runs to come.</param>
    /// <param name="known">Costs known, by backend; those of other backends are used where there are none of a run's own.</param>
    /// <param name="basis">How they were got.</param>
    public static CostEstimate Of(IEnumerable<PlannedRun> due, IReadOnlyList<(string Backend, RunCost Cost)> known, string basis)
    {
        (double mean, double low, double high) = (0, 0, 0);
        foreach (PlannedRun run in due)
        {
            RunCost[] own = [.. known.Where(k => k.Backend == run.Backend).Select(k => k.Cost)];
            double[] seconds = [.. (own.Length > 0 ? own : known.Select(k => k.Cost)).Select(c => c.Seconds(run.Samples))];
            (mean, low, high) = (mean + seconds.Average(), low + seconds.Min(), high + seconds.Max());
        }
        return new CostEstimate(mean, low, high, basis);
    }

    /// <summary>The runs by which to measure: the shortest, the middle and the longest.</summary>
    /// <param name="due">The runs to come.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<PlannedRun> Representatives(IReadOnlyList<PlannedRun> due, int most = 3)
    {
        PlannedRun[] sorted = [.. due.OrderBy(r => r.Backend, StringComparer.Ordinal).ThenBy(r => r.Samples).ThenBy(r => r.Connections).ThenBy(r => r.Number)];
        int count = Math.Min(most, (sorted.Length + 1) / 2); // measuring as much as there is to run would be no estimate
        return count <= 1
            ? [.. sorted.Take(count)]
            : [.. Enumerable.Range(0, count).Select(i => sorted[i * (sorted.Length - 1) / (count - 1)]).Distinct()];
    }
}
