using NeuroHal.DeepR.Training;
using NeuroHal.Results;

namespace NeuroHal.Cli.Resuming;

/// <summary>How far a run is, over all the times it was resumed.</summary>
internal sealed class RunProgress(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private double _before;

    /// <summary>The epochs finished.</summary>
    public List<EpochResult> Epochs { get; } = [];

    /// <summary>From where on the device's counters count; null for the start.</summary>
    public CountersSince? CountersSince { get; private set; }

    /// <summary>The first number that was infinite or none; null while there is none.</summary>
    public NonFiniteNumber? NonFinite { get; set; }

    /// <summary>Wall time so far, that before the run was resumed included.</summary>
    public double WallSeconds => _before + time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Has a device and a trainer go on where a checkpoint was taken.</summary>
    /// <exception cref="BadDataException">What the checkpoint holds does not go together, or not with this device.</exception>
    public void Resume(RunFolder folder, IDevice device, Trainer trainer, LoadedSamples samples, Terminal terminal)
    {
        if (folder.Resumed is not { } resumed)
        {
            return;
        }
        SavedRun saved = resumed.Run;
        trainer.RestoreState(resumed.State.Algorithm, samples);
        if (trainer.EpochsDone != saved.Epochs.Count || trainer.SamplesDone != saved.Sample)
        {
            throw new BadDataException(
                $"The checkpoint contradicts itself: it says {saved.Position}, and holds {SavedRun.PositionOf(trainer.EpochsDone, trainer.SamplesDone, samples.Count)}.");
        }
        Epochs.AddRange(saved.Epochs);
        _before = saved.WallSeconds;
        CountersSince = saved.CountersSince;
        terminal.Talk($"Resumed from '{folder.ResumedFrom}' at {saved.Position}.");
        if (saved.Backend == device.Info.Backend)
        {
            device.RestoreState(resumed.State.Device);
            return;
        }
        CountersSince = new CountersSince(trainer.EpochsDone + 1, trainer.SamplesDone, saved.Backend);
        terminal.Talk(
            $"Time and energy count from there: what {saved.Backend} counted before is no figure of {device.Info.Backend}. Weights go on as they were.");
    }
}
