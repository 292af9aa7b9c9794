using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Metrics;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>A figure of a run, for a table.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Of">The figure in words.</param>
/// <param name="Compared">As a number, where it is worth holding against another run's.</param>
internal sealed record RunFigure(string Name, Func<RunResult, string> Of, Func<RunResult, double?>? Compared = null);

/// <summary>The figures that tables of runs show, in their order.</summary>
internal static class RunFigures
{
    /// <summary>The name of the row of presets.</summary>
    public const string Preset = "preset";

    /// <summary>The name of the row that says where a run ran.</summary>
    public const string Place = "where it ran";

    private const string None = "-";

    public static double? Time(RunResult run) => run.Counters[Phase.Train].Elapsed.Seconds;

    public static double? Energy(RunResult run) => run.Counters[Phase.Train].Energy?.Total.Value;

    public static double? Memory(RunResult run) => run.Plan.Cores.Max(c => c.Needed).Count;

    /// <summary>Those of some runs; what none of them has is left out.</summary>
    public static IEnumerable<RunFigure> Of(IReadOnlyList<RunResult> runs)
    {
        yield return new(Preset, r => r.Preset);
        yield return new("device", r => r.Device.Profile);
        yield return new(Place, r => Figures.Kind(r.Device.Kind));
        yield return new("level, policy", r => Setting(r.DeviceSettings));
        if (runs.Any(r => r.DeviceSettings.Backend.Count > 0))
        {
            yield return new("backend's settings", r => Own(r.DeviceSettings));
        }
        yield return new("data set", r => $"{r.Dataset.Name}, {Figures.Whole(r.Dataset.Train.Count)} + {Figures.Whole(r.Dataset.Test.Count)}");
        yield return new("cores, lanes", r => $"{Figures.Whole(r.Plan.Cores.Count)}, {Figures.Whole(r.Plan.Lanes)}");
        yield return new("test accuracy", r => Figures.Percent(r.TestAccuracy));
        yield return new("connections, at most", r => $"{Figures.Whole(r.Network.PeakConnections)} ({Figures.Percent((double)r.Network.PeakConnections / r.Training.Possible)})");
        yield return new("connection sparsity", r => r.Metrics is { } m ? Figures.Percent(m.ConnectionSparsity) : None);
        yield return new("activation sparsity", r => r.Metrics?.ActivationSparsity is { } sparsity ? Figures.Percent(sparsity) : None);
        yield return new("synaptic operations", r => r.Metrics is { } m ? Operations(m.SynapticOperations) : None);
        yield return new("footprint of the network", r => r.Metrics is { } m ? new Bytes(m.Footprint).ToString() : None);
        yield return new("memory of the fullest core", r => r.Plan.Cores.Max(c => c.Needed).ToString(), Memory);
        yield return new("device time, training", r => r.Counters[Phase.Train].Elapsed + Start(r), Time);
        yield return new("samples a device second", r => Figures.Whole((long)r.SamplesPerSecond) + Start(r));
        yield return new("energy, training", r => r.Counters[Phase.Train].Energy is { } reading ? Figures.Best(reading.Total) : NoEnergy(r), Energy);
        yield return new("its bounds", r => r.Counters[Phase.Train].Energy is { } reading ? Figures.Bounds(reading.Total) : None);
        yield return new("how energy was got", Method);
        yield return new("average power, training", Power);
        if (runs.Any(r => r.Faults is not null))
        {
            yield return new("faults injected", r => r.Faults?.Injected ?? None);
        }
        yield return new("wall time, all", r => Figures.Seconds(r.WallSeconds));
        yield return new("weights (SHA-256)", r => r.Network.Sha256[..16]);
    }

    /// <summary>What is to be said below: why runs have no energy, a line for each reason that is known, and which times are too short.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<RunResult> runs) =>
        runs.Where(r => r.Device.NoEnergyBecause is not null)
            .Select(r => $"{r.Device.Backend} has no energy figures: {r.Device.NoEnergyBecause}.")
            .Concat(runs.Where(IncludesStart).Select(_ => Figures.StartNote))
            .Distinct(StringComparer.Ordinal);

    private static string Start(RunResult run) => IncludesStart(run) ? Figures.WithStart : "";

    private static bool IncludesStart(RunResult run) => HostTime.IncludesStart(run.Device.Kind, run.Counters[Phase.Train].Elapsed.Seconds);

    /// <summary>The level that cores start at, and how they wait where there is a choice.</summary>
    public static string Setting(DeviceSettings device) => string.Join(", ", new[] { device.Level, device.Policy }.OfType<string>().DefaultIfEmpty(None));

    /// <summary>The backend's own settings that were given.</summary>
    public static string Own(DeviceSettings device) => string.Join(", ", device.Backend.Select(s => $"{s.Key}={s.Value}").DefaultIfEmpty(None));

    private static string NoEnergy(RunResult run) => run.Device.NoEnergyBecause is null ? "no meter" : "none, see below";

    /// <summary>The operations of an inference.</summary>
    public static string Operations(SynapticOperations operations)
    {
        (double Count, string Kind)[] kinds = [(operations.EffectiveMacs, "MAC"), (operations.EffectiveAcs, "AC")];
        string effective = string.Join(" + ", kinds.Where(k => k.Count > 0).DefaultIfEmpty(kinds[0]).Select(k => Figures.Invariant($"{k.Count:N0} {k.Kind}")));
        return $"{effective} of {Figures.Whole(operations.Dense)}";
    }

    private static string Method(RunResult run) => run.Counters[Phase.Train].Energy switch
    {
        null => None,
        { } reading => Figures.Source(reading.Method, reading.AssumedShare),
    };

    private static string Power(RunResult run)
    {
        PhaseCounters train = run.Counters[Phase.Train];
        return train.Energy is { } reading ? Figures.Invariant($"{reading.Total.AverageWatts(train.Elapsed):0.000} W") : None;
    }
}
