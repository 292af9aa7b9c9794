using System.Globalization;

namespace NeuroHal.Benchmarks.Faults;

/// <summary>Trains with several seeds, some side by side, and sums up.</summary>
internal sealed class StudyRuns(FaultyTraining training)
{
    private readonly Dictionary<(string Policy, int Seed, int Cores), FaultyRun> _references = [];

    /// <summary>Runs so far.</summary>
    public int Count { get; private set; }

    /// <summary>Trains once with each seed.</summary>
    /// <param name="policy">The rewiring policy.</param>
    /// <param name="cores">The cores.</param>
    /// <param name="plan">The faults, given what the same run took without any; empty for none.</param>
    public Spread Of(string policy, int cores, Func<FaultyRun, string> plan)
    {
        int[] seeds = [.. Enumerable.Range(1, FaultCurves.Seeds)];
        foreach ((int seed, FaultyRun run) in Each([.. seeds.Where(s => !_references.ContainsKey((policy, s, cores)))], seed => training.Run(policy, seed, cores)))
        {
            _references[(policy, seed, cores)] = run;
        }
        string[] plans = [.. seeds.Select(s => plan(_references[(policy, s, cores)]))];
        FaultyRun[] runs = plans[0].Length == 0
            ? [.. seeds.Select(s => _references[(policy, s, cores)])]
            : [.. Each(seeds, seed => training.Run(policy, seed, cores, plans[seed - 1])).OrderBy(r => r.Seed).Select(r => r.Run)];
        var spread = new Spread(runs);
        Console.Error.WriteLine($"{Count,4} runs: {policy}, {cores} core(s), {(plans[0].Length == 0 ? "no faults" : plans[0])}: {spread.Accuracies}");
        return spread;
    }

    private List<(int Seed, FaultyRun Run)> Each(int[] seeds, Func<int, FaultyRun> run)
    {
        Count += seeds.Length;
        return [.. seeds.AsParallel().WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount)).Select(s => (s, run(s)))];
    }
}

/// <summary>What runs that differ in their seed came to.</summary>
internal sealed class Spread(IReadOnlyList<FaultyRun> runs)
{
    private const double NothingLearnt = 0.2;

    private readonly double[] _accuracies = [.. runs.Select(r => r.Accuracy).OfType<double>()];

    public IReadOnlyList<FaultyRun> Runs => runs;

    /// <summary>Those that came to an end.</summary>
    public int Survived => _accuracies.Length;

    /// <summary>The mean of those that came to an end; not a number where none did.</summary>
    public double Mean => _accuracies.Length > 0 ? _accuracies.Average() : double.NaN;

    /// <summary>Their standard deviation.</summary>
    public double Deviation => _accuracies.Length > 1 ? Math.Sqrt(_accuracies.Sum(a => (a - Mean) * (a - Mean)) / (_accuracies.Length - 1)) : 0;

    /// <summary>Those that came to an end and had learnt nothing: ten classes guessed give 10 %.</summary>
    public int AtChance => _accuracies.Count(a => a < NothingLearnt);

    /// <summary>In words: <c>92.1 ± 0.3 %</c>, and how many had learnt nothing, if any.</summary>
    public string Accuracies => Survived == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:0.0} ± {100 * Deviation:0.0} %{(AtChance > 0 ? $" ({AtChance})" : "")}");
}
