using System.Globalization;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Cli.Reports;

/// <summary>How training stands: what is shown of it while it goes.</summary>
internal sealed record TrainingMoment
{
    public required TrainingProgress Progress { get; init; }

    /// <summary>The epochs there will be.</summary>
    public required int Epochs { get; init; }

    /// <summary>The share of held-out images classified rightly at the end of the last epoch; null where that is not known.</summary>
    public required double? Validation { get; init; }

    /// <summary>What training counted.</summary>
    public required PhaseCounters Counters { get; init; }

    /// <summary>Why there is no energy, where that is known.</summary>
    public string? NoEnergyBecause { get; init; }

    /// <summary>Whether time is that of a model.</summary>
    public required bool IsEmulated { get; init; }

    /// <summary>The kernel that took the most time, and its share of all cores' time; null where the device does not count by kernel.</summary>
    public required (string Name, double Share)? Hottest { get; init; }

    /// <summary>Samples in a second of wall time.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The wall time left; null where that cannot be told.</summary>
    public required TimeSpan? Left { get; init; }

    /// <summary>The share of training that is done, 0 to 1.</summary>
    public double Done => (Progress.Epoch - 1 + ((double)Progress.Samples / Progress.SamplesPerEpoch)) / Epochs;

    /// <summary>The time left in hours, minutes and seconds.</summary>
    public string TimeLeft => Left is { } left
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
        : "not known";

    public static TrainingMoment Of(IDevice device, TrainingProgress progress, double? validation, Pace pace)
    {
        PhaseCounters counters = device.ReadCounters()[Phase.Train];
        (double rate, TimeSpan? left) = pace.At(((progress.Epoch - 1L) * progress.SamplesPerEpoch) + progress.Samples, progress.SamplesPerEpoch);
        return new TrainingMoment
        {
            Progress = progress,
            Epochs = pace.Epochs,
            Validation = validation,
            Counters = counters,
            NoEnergyBecause = device.Info.NoEnergyBecause,
            IsEmulated = device.Info.Kind == DeviceKind.Emulation,
            Hottest = HottestOf(device, counters),
            SamplesPerSecond = rate,
            Left = left,
        };
    }

    /// <summary>In one line, as of the end of an epoch.</summary>
    public string ToLine()
    {
        string rewired = Progress.Rewired is { } count ? $" ({Figures.Whole(count)} rewired)" : "";
        string energy = Counters.Energy is { } reading ? $", {reading.Total}" : "";
        string validation = Validation is { } share ? $", validation {Figures.Percent(share)}" : "";
        return $"epoch {Progress.Epoch}/{Epochs}: training accuracy {Figures.Percent(Progress.Accuracy)}{validation}, "
            + $"{Figures.Whole(Progress.Connections)} connections{rewired}, {Counters.Elapsed} {(IsEmulated ? "emulated" : "device")}{energy}, "
            + $"{Figures.Whole((long)SamplesPerSecond)} samples/s on this host, {TimeLeft} left";
    }

    private static (string Name, double Share)? HottestOf(IDevice device, PhaseCounters counters)
    {
        double all = counters.Cores.Sum(c => (c.BusyTime + c.WaitingTime).Seconds);
        return device.Find<IKernelProfile>()?.ReadKernels(Phase.Train)
            .GroupBy(k => k.Name)
            .Select(g => ((string Name, double Share)?)(g.Key, all > 0 ? g.Sum(k => k.Time.Seconds) / all : 0))
            .MaxBy(k => k!.Value.Share);
    }
}
