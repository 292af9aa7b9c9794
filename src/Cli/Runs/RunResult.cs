using NeuroHal.DeepR;
using NeuroHal.DeepR.Metrics;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NeuroHal.Results;

namespace NeuroHal.Cli.Runs;

/// <summary>What a training run on one backend came to.</summary>
internal sealed record RunResult
{
    public required DeviceInfo Device { get; init; }

    public required string BackendVersion { get; init; }

    /// <summary>What the device was set to.</summary>
    public required DeviceSettings DeviceSettings { get; init; }

    public required string Preset { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>The network it began with; null where it drew one.</summary>
    public NetworkSnapshot? Initial { get; init; }

    public required LoadedDataset Dataset { get; init; }

    public required MemoryPlan Plan { get; init; }

    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>The share of test images classified rightly, 0 to 1.</summary>
    public required double TestAccuracy { get; init; }

    public required NetworkSnapshot Network { get; init; }

    /// <summary>Of the network and its activity on the test images; null where faults left connections that lead out of it.</summary>
    public NetworkMetrics? Metrics { get; init; }

    public required DeviceCounters Counters { get; init; }

    /// <summary>Training by kernel and core; null where the device does not count that.</summary>
    public required IReadOnlyList<KernelCounters>? Kernels { get; init; }

    /// <summary>The faults put into the device on purpose; null where none were asked for.</summary>
    public required InjectedFaults? Faults { get; init; }

    public required double WallSeconds { get; init; }

    /// <summary>From where on <see cref="Counters"/> count, where the run was resumed on another device; null for the start.</summary>
    public required CountersSince? CountersSince { get; init; }

    /// <summary>The number by which training diverged; null where it did not.</summary>
    public required NonFiniteNumber? NonFinite { get; init; }

    /// <summary>Samples trained on in a second of device time.</summary>
    public double SamplesPerSecond => Counters[Phase.Train].Elapsed.Seconds is > 0 and var seconds ? SamplesCounted / seconds : 0;

    private double SamplesCounted
    {
        get
        {
            double before = CountersSince is { } since ? ((since.Epoch - 1) * (double)Dataset.Train.Count) + since.Sample : 0;
            double all = (Epochs.Count * (double)Dataset.Train.Count) - (NonFinite is null ? 0 : Dataset.Train.Count - SamplesOfLastEpoch);
            return all - before;
        }
    }

    /// <summary>The samples of the last epoch that were trained on, where it was left within.</summary>
    public int SamplesOfLastEpoch { get; init; }
}
