using NeuroHal.DeepR.Training;
using NeuroHal.Reports.Page;
using NeuroHal.Results;

namespace NeuroHal.Reports;

/// <summary>A run as it goes, at one moment.</summary>
public sealed record TrainingView
{
    /// <summary>Where it runs.</summary>
    public required BackendRecord Backend { get; init; }

    /// <summary>The preset that settings were taken from.</summary>
    public required string Preset { get; init; }

    /// <summary>What it learns from, in words.</summary>
    public required string Dataset { get; init; }

    /// <summary>Decides everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The epochs to train for.</summary>
    public required int Epochs { get; init; }

    /// <summary>As many connections as there may be.</summary>
    public required int Budget { get; init; }

    /// <summary>The moments looked at so far, the present one last.</summary>
    public required IReadOnlyList<LearningPoint> Points { get; init; }

    /// <summary>What each core holds.</summary>
    public required MemoryRecord Memory { get; init; }

    /// <summary>Time of training so far by core.</summary>
    public required IReadOnlyList<CoreTimeRecord> Cores { get; init; }

    /// <summary>Training so far by kernel and core; null where the device does not count that.</summary>
    public IReadOnlyList<KernelRecord>? Kernels { get; init; }

    /// <summary>The energy of training so far; null where the device has no meter.</summary>
    public EnergyRecord? Energy { get; init; }

    /// <summary>The network before the first sample; null where the run began elsewhere.</summary>
    public NetworkSnapshot? Before { get; init; }

    /// <summary>The network when it was last read; null where it was not yet.</summary>
    public NetworkSnapshot? Now { get; init; }

    /// <summary>The share of test images classified rightly; null before the end.</summary>
    public double? TestAccuracy { get; init; }
}
