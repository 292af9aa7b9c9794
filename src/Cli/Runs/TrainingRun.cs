using NeuroHal.Cli.NonFinite;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Resuming;
using NeuroHal.Cli.Settings;
using NeuroHal.Cli.Timelines;
using NeuroHal.DeepR.Metrics;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;
using NeuroHal.Results;

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
        Func<IDevice, IDevice>? watch = null, // puts something in front of the device that sees what it does
        RunFolder? folder = null, // where the run is saved, and what it goes on from
        StartingFiles? keep = null, // where it leaves what is to be known of its beginning
        LiveWatch? live = null) // where it is watched
    {
        var faults = new FaultWatch(settings, terminal);
        try
        {
            return await TrainAsync(plugins, settings, data, terminal, watch, faults, folder, keep, live, cancellation);
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
        RunFolder? folder,
        StartingFiles? keep,
        LiveWatch? live,
        CancellationToken cancellation)
    {
        var progress = new RunProgress(TimeProvider.System);
        IDevice opened = RewiringCounter.InFrontOf(plugins.Open(settings.Backend, settings.Device));
        IDevice device = watch is null ? opened : watch(opened);
        await using (device)
        {
            faults.Watch(device);
            var trainer = new Trainer(device, settings.Training, settings.Initial);
            terminal.Talk(MemoryTable.Of(trainer.Plan));
            LoadedSamples train = trainer.Load("training images", data.Train);
            LoadedSamples test = trainer.Load("test images", data.Test);
            LoadedSamples? validation = data.Validation is null ? null : trainer.Load("validation images", data.Validation);
            RunKeeper? keeper = null;
            if (folder is not null)
            {
                progress.Resume(folder, device, trainer, train, terminal);
                keeper = new RunKeeper(folder, settings, data, device, trainer, progress, terminal, cancellation);
            }
            keep?.Begin(device, trainer);
            live?.Begin(device, trainer, progress.Epochs);
            TraceFile? trace = TraceFile.Begin(settings.Trace, keep?.Timeline, device, trainer);
            try
            {
                ProgressView.Show(terminal, device, new Pace(TimeProvider.System, settings.Training.Epochs, ((long)trainer.EpochsDone * data.Train.Count) + trainer.SamplesDone), report =>
                {
                    while (trainer.EpochsDone < settings.Training.Epochs)
                    {
                        TrainEpoch(trainer, train, validation, report, progress, keeper, live, faults, device, cancellation);
                    }
                });
            }
            catch (NonFiniteException e)
            {
                terminal.Talk($"Training has diverged in epoch {e.Epoch}; looking for the step where it did.");
                var search = new NonFiniteSearch(plugins, settings, data, cancellation);
                progress.NonFinite = await search.FindAsync(e, trainer.Plan.Lanes, keeper?.ReadLast());
            }
            foreach (string file in trace?.Write() ?? [])
            {
                terminal.Talk($"Timeline of the first {TimelineRecorder.Samples} samples: {file}");
            }
            var result = new RunResult
            {
                Device = device.Info,
                BackendVersion = plugins.Find(settings.Backend).Manifest.Version.ToString(),
                DeviceSettings = GivenSettings.Of(device.Info, settings.Device, settings.Configuration),
                Preset = settings.Preset,
                Training = settings.Training with { Lanes = trainer.Plan.Lanes },
                Initial = settings.Initial,
                Dataset = data,
                Plan = trainer.Plan,
                Epochs = progress.Epochs,
                SamplesOfLastEpoch = trainer.SamplesDone,
                NonFinite = progress.NonFinite,
                CountersSince = progress.CountersSince,
                TestAccuracy = Evaluate(trainer, test, keeper, cancellation),
                Network = trainer.ReadNetwork(),
                Counters = device.ReadCounters(),
                Kernels = device.Find<IKernelProfile>()?.ReadKernels(Phase.Train),
                Faults = InjectedFaults.Of(device),
                WallSeconds = progress.WallSeconds,
            };
            // Counted on the host, after every figure of the device and its time was read.
            return result.Network.IsSound ? result with { Metrics = NetworkMetrics.Measure(result.Network, result.Plan, data.Test) } : result;
        }
    }

    private static double Evaluate(Trainer trainer, LoadedSamples test, RunKeeper? keeper, CancellationToken cancellation)
    {
        try
        {
            return trainer.Evaluate(test, cancellation);
        }
        catch (OperationCanceledException) when (keeper is not null)
        {
            throw keeper.Interrupted(); // the end of training is saved
        }
    }

    /// <summary>Trains for an epoch, or to the end of one begun.</summary>
    /// <exception cref="NonFiniteException">A loss was reported that is infinite or no number.</exception>
    private static void TrainEpoch(
        Trainer trainer,
        LoadedSamples train,
        LoadedSamples? validation,
        ProgressView report,
        RunProgress progress,
        RunKeeper? keeper,
        LiveWatch? live,
        FaultWatch faults,
        IDevice device,
        CancellationToken cancellation)
    {
        void Report(TrainingProgress at)
        {
            if (!double.IsFinite(at.Loss) && !faults.IsOn) // what one flipped bit did, rewiring may mend
            {
                progress.Epochs.Add(Result(at, null, device));
                throw new NonFiniteException(at.Epoch, at.Samples);
            }
            report.Update(at);
            live?.Update(at);
        }

        // With a keeper, interruption is its business: it ends an epoch where that can be gone on from.
        CancellationToken now = keeper is null ? cancellation : CancellationToken.None;
        TrainingProgress end = trainer.TrainEpoch(train, Report, now);
        double? held = validation is null ? null : trainer.Evaluate(validation, now);
        EpochResult result = Result(end, held, device);
        progress.Epochs.Add(result);
        report.EpochDone(end, result);
        live?.EpochDone(result);
        keeper?.AfterEpoch();
    }

    private static EpochResult Result(TrainingProgress at, double? validation, IDevice device)
    {
        PhaseCounters counters = device.ReadCounters()[Phase.Train];
        return new EpochResult(at.Epoch, at.Accuracy, validation, double.IsFinite(at.Loss) ? at.Loss : null)
        {
            Connections = at.Connections,
            Rewired = at.Rewired,
            DeviceSeconds = counters.Elapsed.Seconds,
            Joules = counters.Energy?.Total.Value,
        };
    }
}
