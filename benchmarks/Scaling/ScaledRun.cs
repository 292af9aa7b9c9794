using System.Diagnostics;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>A few samples trained on so many cores: what it takes on the chip, and what emulating it takes on the host.</summary>
internal sealed record ScaledRun
{
    /// <summary>Kernels as they are told apart in the figures; the others are in "other".</summary>
    public static IReadOnlyList<string> Parts { get; } =
        ["sparse-update", "sparse-forward", "sparse-backward", "sum-errors", "other kernels", "DMA starts, barriers", "waiting for cores", "waiting for network"];

    public required int Cores { get; init; }

    public required int Chips { get; init; }

    public required string Layers { get; init; }

    public required int Connections { get; init; }

    /// <summary>SRAM of the fullest core.</summary>
    public required long Needed { get; init; }

    /// <summary>Emulated time of a sample.</summary>
    public required double Seconds { get; init; }

    /// <summary>Joules of a sample: value, low, high.</summary>
    public required Joules Energy { get; init; }

    /// <summary>Bytes sent from core to core, and messages, of a sample.</summary>
    public required double Sent { get; init; }

    /// <summary>Core cycles of a sample, over all cores.</summary>
    public required double BusyCycles { get; init; }

    /// <summary>By <see cref="Parts"/>, the share of cores times time.</summary>
    public required double[] Shares { get; init; }

    /// <summary>Host seconds of a sample: processor time on one thread.</summary>
    public double HostSeconds { get; init; }

    /// <summary>Host seconds of a sample by the clock, on one thread and on all.</summary>
    public (double One, double All) WallSeconds { get; init; }

    /// <summary>Host bytes that device and training hold.</summary>
    public long HostBytes { get; init; }

    /// <summary>The samples of a second.</summary>
    public double Rate => 1 / Seconds;

    /// <summary>Trains as the chip would be timed: without the first samples.</summary>
    public static ScaledRun Emulate(EmulatedChip chip, TrainingOptions options, SampleSet samples, int cores, int warmUp, int measured)
    {
        IDevice device = chip.Open(cores);
        try
        {
            var trainer = new Trainer(device, options);
            var waits = new WaitingTimes(cores);
            PhaseCounters before = null!;
            IReadOnlyList<KernelCounters> kernelsBefore = [];
            PhaseCounters after = null!;
            IReadOnlyList<KernelCounters> kernels = [];
            Stop(trainer, trainer.Load("samples", samples), done =>
            {
                if (done == warmUp)
                {
                    before = device.ReadCounters()[Phase.Train];
                    kernelsBefore = device.Find<IKernelProfile>()!.ReadKernels(Phase.Train);
                    device.Find<ITimeline>()!.Record(waits);
                }
                if (done == warmUp + measured)
                {
                    after = device.ReadCounters()[Phase.Train];
                    kernels = device.Find<IKernelProfile>()!.ReadKernels(Phase.Train);
                    device.Find<ITimeline>()!.Record(null);
                }
                return done < warmUp + measured;
            });
            waits.End();
            return Of(device, trainer, options, measured, before, after, kernelsBefore, kernels, waits);
        }
        finally
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Adds what emulating it takes on the host.</summary>
    public ScaledRun OnHost(EmulatedChip chip, TrainingOptions options, SampleSet samples, double seconds)
    {
        (double cpu, double wall, long bytes) = Host(chip, options, samples, Cores, 1, seconds);
        (_, double all, _) = Host(chip, options, samples, Cores, 0, seconds);
        return this with { HostSeconds = cpu, WallSeconds = (wall, all), HostBytes = bytes };
    }

    private static (double Cpu, double Wall, long Bytes) Host(EmulatedChip chip, TrainingOptions options, SampleSet samples, int cores, int threads, double seconds)
    {
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        IDevice device = chip.Open(cores, threads);
        try
        {
            var trainer = new Trainer(device, options);
            LoadedSamples loaded = trainer.Load("samples", samples);
            long start = 0;
            TimeSpan cpu = default;
            int first = 0;
            (double Cpu, double Wall) best = (double.MaxValue, double.MaxValue);
            int rounds = 0;
            long begun = Stopwatch.GetTimestamp();
            Stop(trainer, loaded, done =>
            {
                // The least of several stretches: what else the machine does only adds.
                double stretch = start == 0 ? 0 : Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (start != 0 && stretch < seconds / 4)
                {
                    return done < samples.Count - 1;
                }
                TimeSpan now = Environment.CpuUsage.TotalTime;
                if (start != 0)
                {
                    best = (Math.Min(best.Cpu, (now - cpu).TotalSeconds / (done - first)), Math.Min(best.Wall, stretch / (done - first)));
                    rounds++;
                }
                (start, cpu, first) = (Stopwatch.GetTimestamp(), now, done);
                return done < samples.Count - 1 && (rounds < 3 || Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds);
            });
            long bytes = GC.GetTotalMemory(forceFullCollection: true) - empty;
            GC.KeepAlive(trainer);
            return (best.Cpu, best.Wall, bytes);
        }
        finally
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Trains until it is told to stop.</summary>
    private static void Stop(Trainer trainer, LoadedSamples samples, Func<int, bool> goesOn)
    {
        using var enough = new CancellationTokenSource();
        trainer.StepDone = done =>
        {
            if (!goesOn(done))
            {
                enough.Cancel();
            }
        };
        try
        {
            trainer.TrainEpoch(samples, cancellation: enough.Token);
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }
    }

    private static ScaledRun Of(
        IDevice device,
        Trainer trainer,
        TrainingOptions options,
        int measured,
        PhaseCounters before,
        PhaseCounters after,
        IReadOnlyList<KernelCounters> kernelsBefore,
        IReadOnlyList<KernelCounters> kernels,
        WaitingTimes waits)
    {
        double all = (after.Elapsed - before.Elapsed).Seconds * device.Info.Cores;
        double Kernel(string name) => kernels.Where(k => k.Name == name).Sum(k => k.Time.Seconds) - kernelsBefore.Where(k => k.Name == name).Sum(k => k.Time.Seconds);
        double inKernels = kernels.Sum(k => k.Time.Seconds) - kernelsBefore.Sum(k => k.Time.Seconds);
        double Cores(Func<CoreCounters, double> of) => after.Cores.Sum(of) - before.Cores.Sum(of);
        double[] told = [.. Parts.Take(4).Select(Kernel)];
        double[] times =
        [
            .. told, inKernels - told.Sum(), Cores(c => c.BusyTime.Seconds) - inKernels, waits.ForOthers * 1e-12, waits.ForNetwork * 1e-12,
        ];
        Joules end = after.Energy!.Total;
        Joules begin = before.Energy!.Total;
        return new ScaledRun
        {
            Cores = device.Info.Cores,
            Chips = device.Info.Chips,
            Layers = string.Join('-', options.Layers),
            Connections = options.Budget,
            Needed = trainer.Plan.Cores.Max(c => c.Needed.Count),
            Seconds = (after.Elapsed - before.Elapsed).Seconds / measured,
            Energy = new Joules((end.Value - begin.Value) / measured, (end.Low - begin.Low) / measured, (end.High - begin.High) / measured),
            Sent = Cores(c => c.NocSent.Count) / measured,
            BusyCycles = Cores(c => c.Busy.Count) / measured,
            Shares = [.. times.Select(t => t / all)],
        };
    }
}
