using CsCheck;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>A run that is cut anywhere and goes on elsewhere comes to what it would have come to.</summary>
public sealed class ResumeTests
{
    private const int Samples = 90; // so that minibatches of 16 do not divide an epoch

    private static readonly SampleSet _samples = Some.Quarters(Samples);

    // Other cases each time.
    private static readonly int _cases = Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1" ? 100 : 20;

    /// <summary>A kind of run.</summary>
    public sealed record Case(string Backend, int Cores, bool Fast, int Lanes, WeightPlacement Weights, string Policy)
    {
        public TrainingOptions Options => Some.SmallNetwork with
        {
            Layers = [16, 12, 8, 4],
            Connectivity = [0.25, 0.4, 0.5],
            Epochs = 3,
            InitialScale = 0.5f,
            Noise = Fast ? 0 : 1e-3f,
            Minibatch = Fast ? 16 : 1,
            Lanes = Lanes,
            Momentum = Fast ? 0.9f : 0,
            Schedule = Fast ? RateSchedule.Cosine : RateSchedule.Halving,
            Shift = Fast ? 1 : 0,
            Weights = Weights,
            Rewiring = new() { Policy = Policy, Every = Policy == "deep-r" ? (Fast ? 32 : 10) : null },
        };

        public IDevice Open() => RewiringCounter.InFrontOf(Backend == "ReferenceCpu"
            ? RealDevices.Open(Backend, Cores, ("threads", "1"))
            : RealDevices.Open(Backend, Cores, ("threads", "1"), ("profile", "spinnaker2")));
    }

    private static Gen<Case> Cases { get; } = Gen.Select(
        Any("ReferenceCpu", "SpiNNaker2Emu"), Any(1, 2, 3, 4, 4, 8, 34), Gen.Bool, Any(1, 4, 8, 16),
        Any(WeightPlacement.Sram, WeightPlacement.Dram), Any("deep-r", "set"),
        (backend, cores, fast, lanes, weights, policy) => new Case(backend, cores, fast, fast ? lanes : 1, weights, policy));

    [Fact]
    public void A_run_cut_anywhere_and_resumed_on_a_new_device_is_the_uninterrupted_run() =>
        Gen.Select(Cases, Gen.Int[1, 3 * Samples], Gen.Int[1, 3 * Samples]).Sample(
            (run, cut, again) =>
            {
                string expected = Run(run, _ => false);
                Assert.Equal(expected, Run(run, done => done >= cut));
                Assert.Equal(expected, Run(run, done => done >= cut, done => done >= Math.Max(cut + 1, again)));
            },
            iter: _cases, threads: 1);

    [Fact]
    public void Reading_a_run_at_every_step_changes_nothing_of_it() =>
        Cases.Sample(
            run =>
            {
                IDevice device = run.Open();
                Trainer trainer = new(device, run.Options);
                trainer.BetweenSteps = () => Save(device, trainer);
                Assert.Equal(Run(run, _ => false), Finish(run, device, trainer, trainer.Load("samples", _samples), []));
            },
            iter: _cases / 2, threads: 1);

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(3, true, 4)]
    public void A_run_goes_on_on_the_other_backend_to_the_same_weights(int cores, bool fast, int lanes)
    {
        var emulated = new Case("SpiNNaker2Emu", cores, fast, lanes, WeightPlacement.Sram, "deep-r");
        foreach ((Case from, Case to) in new[] { (emulated, emulated with { Backend = "ReferenceCpu" }), (emulated with { Backend = "ReferenceCpu" }, emulated) })
        {
            IDevice device = from.Open();
            var trainer = new Trainer(device, from.Options);
            LoadedSamples samples = trainer.Load("samples", _samples);
            var epochs = new List<string>();
            (byte[] state, _) = Cut(from, device, trainer, samples, epochs, done => done >= 122);
            IDevice other = to.Open();
            var resumed = new Trainer(other, to.Options);
            LoadedSamples again = resumed.Load("samples", _samples);
            resumed.RestoreState(state, again);
            Assert.Equal(Weights(Run(from, _ => false)), Weights(Finish(to, other, resumed, again, epochs)));
        }

        static string Weights(string run) => run[..run.IndexOf('\n', StringComparison.Ordinal)];
    }

    [Fact]
    public void A_state_that_is_cut_lengthened_or_changed_is_refused_or_goes_on_but_never_fails_otherwise()
    {
        var run = new Case("ReferenceCpu", 2, true, 4, WeightPlacement.Sram, "deep-r");
        IDevice device = run.Open();
        var trainer = new Trainer(device, run.Options);
        (byte[] state, _) = Cut(run, device, trainer, trainer.Load("samples", _samples), [], done => done >= 32);
        int refused = 0;
        Gen.Select(Gen.Int[0, state.Length - 1], Gen.Byte[1, 255], Gen.Int[0, 9]).Sample(
            (at, change, kind) =>
            {
                byte[] damaged = kind switch { 0 => state[..at], 1 => [.. state, change], _ => [.. state] };
                if (kind > 1)
                {
                    damaged[kind > 5 ? at % 88 : at] ^= change; // often in the numbers at the start
                }
                IDevice other = run.Open();
                var resumed = new Trainer(other, run.Options);
                LoadedSamples samples = resumed.Load("samples", _samples);
                try
                {
                    resumed.RestoreState(damaged, samples);
                    resumed.TrainEpoch(samples);
                }
                catch (NeuroHalException e) when (e is BadDataException or DeviceFaultException) // found at once, or when it is read
                {
                    refused++;
                    Assert.DoesNotContain('\n', e.Message);
                }
            },
            iter: 2000, threads: 1);
        Assert.True(refused > 500, $"{refused} refused");
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Runs to the end, on a new device after each cut; tells weights, accuracies, connections rewired and all that was counted.</summary>
    private static string Run(Case run, params Func<int, bool>[] cuts)
    {
        IDevice device = run.Open();
        var trainer = new Trainer(device, run.Options);
        LoadedSamples samples = trainer.Load("samples", _samples);
        var epochs = new List<string>();
        foreach (Func<int, bool> cut in cuts)
        {
            (byte[] state, ReadOnlyMemory<byte> deviceState) = Cut(run, device, trainer, samples, epochs, cut);
            if (trainer.EpochsDone == run.Options.Epochs)
            {
                break;
            }
            device = run.Open();
            trainer = new Trainer(device, run.Options);
            samples = trainer.Load("samples", _samples);
            trainer.RestoreState(state, samples);
            device.RestoreState(deviceState);
        }
        return Finish(run, device, trainer, samples, epochs);
    }

    /// <summary>Trains until so many samples were trained on in all, or to the end, and saves.</summary>
    private static (byte[] State, ReadOnlyMemory<byte> Device) Cut(
        Case run, IDevice device, Trainer trainer, LoadedSamples samples, List<string> epochs, Func<int, bool> cut)
    {
        (byte[], ReadOnlyMemory<byte>) saved = default;
        trainer.BetweenSteps = () =>
        {
            if (cut((trainer.EpochsDone * Samples) + trainer.SamplesDone))
            {
                saved = Save(device, trainer);
                throw new OperationCanceledException();
            }
        };
        try
        {
            while (trainer.EpochsDone < run.Options.Epochs)
            {
                epochs.Add(Epoch(trainer, samples));
                if (cut(trainer.EpochsDone * Samples))
                {
                    return Save(device, trainer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return saved;
        }
        return Save(device, trainer);
    }

    private static (byte[] State, ReadOnlyMemory<byte> Device) Save(IDevice device, Trainer trainer)
    {
        ReadOnlyMemory<byte> own = device.SaveState();
        byte[] state = trainer.SaveState().Bytes.ToArray();
        device.RestoreState(own);
        return (state, own);
    }

    private static string Epoch(Trainer trainer, LoadedSamples samples)
    {
        TrainingProgress end = trainer.TrainEpoch(samples, _ => { });
        Assert.NotNull(end.Rewired);
        return $"{end.Accuracy:R} {end.Rewired}";
    }

    private static string Finish(Case run, IDevice device, Trainer trainer, LoadedSamples samples, List<string> epochs)
    {
        while (trainer.EpochsDone < run.Options.Epochs)
        {
            epochs.Add(Epoch(trainer, samples));
        }
        NetworkSnapshot network = trainer.ReadNetwork();
        DeviceCounters counters = device.ReadCounters();
        IEnumerable<string> phases = counters.Phases.Select(p =>
            $"{p.Phase}: {p.HostToDevice} {p.DeviceToHost} {(device.Info.Kind == DeviceKind.Emulation ? p.Elapsed.Picoseconds : 0)} {p.Energy?.Total.Value:R} "
            + string.Join(' ', p.Cores.Select(c => $"{c.KernelCalls} {c.Busy.Count} {c.DmaLoaded.Count} {c.DmaStored.Count} {c.NocSent.Count} {(c.Busy.Count > 0 ? c.WaitingTime.Picoseconds : 0)}")));
        string kernels = string.Join('\n', (device.Find<IKernelProfile>()?.ReadKernels(Phase.Train) ?? [])
            .Select(k => $"{k.Core} {k.Name} {k.Calls} {k.Busy}").Order(StringComparer.Ordinal));
        return $"{network.Sha256}\n{string.Join(' ', epochs)}\n{string.Join('\n', phases)}\n{kernels}";
    }
}
