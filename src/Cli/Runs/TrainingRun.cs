using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Cli.Timelines;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Runs;

/// <summary>Trains on one backend and measures what it took.</summary>
internal static class TrainingRun
{
    public static async Task<RunResult> ExecuteAsync(
        PluginCatalog plugins,
        RunSettings settings,
        LoadedDataset data,
        Terminal terminal,
        CancellationToken cancellation,
        Func<IDevice, IDevice>? watch = null) // puts something in front of the device that sees what it does
    {
        var faults = new FaultWatch(settings, terminal);
        try
        {
            return await TrainAsync(plugins, settings, data, terminal, watch, faults, cancellation);
        }
        catch (DeviceFaultException e)
        {
            faults.Tell(e);
            throw;
        }
    }

    private static async Task<RunResult> TrainAsync(
        PluginCatalog plugins,
        RunSettings settings,
        LoadedDataset data,
        Terminal terminal,
        Func<IDevice, IDevice>? watch,
        FaultWatch faults,
        CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        IDevice opened = plugins.Open(settings.Backend, settings.Device);
        IDevice device = watch is null ? opened : watch(opened);
        await using (device)
        {
            faults.Watch(device);
            var trainer = new Trainer(device, settings.Training);
            terminal.Write(MemoryTable.Of(trainer.Plan));
            LoadedSamples train = trainer.Load("training images", data.Train);
            LoadedSamples test = trainer.Load("test images", data.Test);
            LoadedSamples? validation = data.Validation is null ? null : trainer.Load("validation images", data.Validation);
            var epochs = new List<EpochResult>();
            TraceFile? trace = TraceFile.Begin(settings.Trace, device, trainer);
            ProgressView.Show(terminal, device, settings.Training.Epochs, report =>
            {
                for (int epoch = 1; epoch <= settings.Training.Epochs; epoch++)
                {
                    TrainingProgress end = trainer.TrainEpoch(train, report.Update, cancellation);
                    double? held = validation is null ? null : trainer.Evaluate(validation, cancellation);
                    var result = new EpochResult(epoch, end.Accuracy, held, double.IsFinite(end.Loss) ? end.Loss : null);
                    epochs.Add(result);
                    report.EpochDone(end, result);
                    if (!double.IsFinite(end.Loss) && !faults.IsOn) // what one flipped bit did, rewiring may mend
                    {
                        terminal.Line($"Training has diverged: the loss of epoch {epoch} is not a number. Lower the learning rate or the noise.");
                        break;
                    }
                }
            });
            foreach (string file in trace?.Write() ?? [])
            {
                terminal.Line($"Timeline of the first {TimelineRecorder.Samples} samples: {file}");
            }
            return new RunResult
            {
                Device = device.Info,
                BackendVersion = plugins.Plugins
                    .Single(p => p.Manifest.Id.Equals(settings.Backend, StringComparison.OrdinalIgnoreCase)).Manifest.Version.ToString(),
                Preset = settings.Preset,
                Training = settings.Training with { Lanes = trainer.Plan.Lanes },
                Dataset = data,
                Plan = trainer.Plan,
                Epochs = epochs,
                TestAccuracy = trainer.Evaluate(test, cancellation),
                Network = trainer.ReadNetwork(),
                Counters = device.ReadCounters(),
                Kernels = device.Find<IKernelProfile>()?.ReadKernels(Phase.Train),
                Faults = InjectedFaults.Of(device),
                WallSeconds = time.GetElapsedTime(start).TotalSeconds,
            };
        }
    }
}
