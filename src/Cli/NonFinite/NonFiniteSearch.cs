using NeuroHal.Checkpoints;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;
using NeuroHal.Lockstep.Watching;
using NeuroHal.Results;

namespace NeuroHal.Cli.NonFinite;

/// <summary>
/// Finds the step, kernel and element where a number first was infinite or none, once training has noticed that there is one: by
/// doing the epoch over, from the last checkpoint, with every number looked at after every kernel. Runs that stay finite pay
/// nothing for it (docs/adr/0009).
/// </summary>
internal sealed class NonFiniteSearch(PluginCatalog plugins, RunSettings settings, LoadedDataset data, CancellationToken cancellation)
{
    /// <summary>Finds it.</summary>
    /// <param name="noticed">Where it was noticed.</param>
    /// <param name="lanes">The lanes training ran with.</param>
    /// <param name="from">The last state that was all right; null for the run's start.</param>
    public async Task<NonFiniteNumber> FindAsync(NonFiniteException noticed, int lanes, Checkpoint? from)
    {
        IDevice opened = plugins.Open(settings.Backend, settings.Device);
        var watcher = new NonFiniteWatcher(opened.Cores.Count);
        var device = new WatchedDevice(opened, watcher);
        await using (device)
        {
            var trainer = new Trainer(device, settings.Training with { Lanes = lanes }, settings.Initial);
            LoadedSamples samples = trainer.Load("training images", data.Train);
            if (from is not null)
            {
                trainer.RestoreState(from.Algorithm, samples);
            }
            while (trainer.EpochsDone < noticed.Epoch - 1)
            {
                trainer.TrainEpoch(samples, cancellation: cancellation);
            }
            return Look(noticed, watcher, trainer, samples) is { } found
                ? found
                // A device that does not do the same twice.
                : new NonFiniteNumber { Epoch = noticed.Epoch, Sample = noticed.Sample };
        }
    }

    private NonFiniteNumber? Look(NonFiniteException noticed, NonFiniteWatcher watcher, Trainer trainer, LoadedSamples samples)
    {
        watcher.IsLooking = true;
        trainer.BetweenSteps = () =>
        {
            if (watcher.Found is not null)
            {
                throw new NonFiniteException(noticed.Epoch, trainer.SamplesDone);
            }
        };
        int sample = samples.Count;
        try
        {
            trainer.TrainEpoch(samples, cancellation: cancellation);
        }
        catch (NonFiniteException e)
        {
            sample = e.Sample;
        }
        return watcher.Found is not (int core, { } finding) ? null : new NonFiniteNumber
        {
            Epoch = noticed.Epoch,
            Sample = sample,
            Core = core,
            Kernel = finding.Kernel,
            Buffer = finding.Buffer,
            Element = finding.Element,
            Value = finding.Value,
        };
    }
}
