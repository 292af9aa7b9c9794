using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Tests;
using NeuroHal.DeepR.Training;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Tests;

/// <summary>The connections that rewiring replaces are counted rightly, and counting them costs nothing that is counted.</summary>
public sealed class RewiringCounterTests
{
    private const int Samples = 60;

    [Theory]
    [InlineData("ReferenceCpu", 1, "deep-r")]
    [InlineData("SpiNNaker2Emu", 3, "deep-r")]
    [InlineData("SpiNNaker2Emu", 2, "set")]
    [InlineData("ReferenceCpu", 1, "static")]
    public void Every_connection_placed_where_one_was_removed_counts(string backend, int cores, string policy)
    {
        var gaps = new Gaps(cores);
        var trainer = new Trainer(
            new WatchedDevice(RewiringCounter.InFrontOf(Devices.Open(backend, cores)), gaps),
            Some.SmallNetwork with { Noise = 1e-2f, Rewiring = new() { Policy = policy } });
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(Samples));
        long before = 0;
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            TrainingProgress end = trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(gaps.Closed - before, end.Rewired);
            Assert.True(policy == "static" ? end.Rewired == 0 : end.Rewired > 0);
            before = gaps.Closed;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Counting_changes_no_figure_of_the_emulation(int cores)
    {
        Assert.Equal(Run(Devices.Open("SpiNNaker2Emu", cores)), Run(RewiringCounter.InFrontOf(Devices.Open("SpiNNaker2Emu", cores))));

        static string Run(IDevice device)
        {
            var trainer = new Trainer(device, Some.SmallNetwork);
            trainer.TrainEpoch(trainer.Load("samples", Some.Quarters(Samples)), _ => { }, TestContext.Current.CancellationToken);
            string network = trainer.ReadNetwork().Sha256;
            IEnumerable<string> phases = device.ReadCounters().Phases.Select(p =>
                $"{p.Phase} {p.Elapsed.Picoseconds} {p.HostToDevice} {p.DeviceToHost} {p.Energy!.Total.Value:G14} "
                + string.Join(' ', p.Cores.Select(c => $"{c.KernelCalls} {c.Busy} {c.WaitingTime.Picoseconds} {c.DmaLoaded} {c.NocSent}")));
            IEnumerable<string> kernels = device.Find<IKernelProfile>()!.ReadKernels(Phase.Train)
                .Select(k => $"{k.Core} {k.Name} {k.Calls} {k.Busy} {k.Energy.Value:G14}").Order(StringComparer.Ordinal);
            return string.Join('\n', [network, .. phases, .. kernels]);
        }
    }

    [Fact]
    public void Where_nobody_counts_there_is_no_count()
    {
        var trainer = new Trainer(Devices.Open("ReferenceCpu"), Some.SmallNetwork);
        Assert.Null(trainer.TrainEpoch(trainer.Load("samples", Some.Quarters(Samples)), cancellation: TestContext.Current.CancellationToken).Rewired);
    }

    /// <summary>Adds up what pruning took out of the layers, once they are full again.</summary>
    private sealed class Gaps(int cores) : IRunWatcher
    {
        private readonly OfOneCore[] _cores = [.. Enumerable.Range(0, cores).Select(_ => new OfOneCore())];

        public long Closed => _cores.Sum(c => c.Closed);

        public bool IsDone => false;

        public ICoreWatcher OfCore(int core) => _cores[core];

        public void Begin(string superstep)
        {
        }

        public void End()
        {
        }

        private sealed class OfOneCore : ICoreWatcher
        {
            private int _left;

            public long Closed { get; private set; }

            public void Allocated(WatchedBuffer buffer)
            {
            }

            public void Released(WatchedBuffer buffer)
            {
            }

            public void Observe(EventKind kind, string name, IReadOnlyList<WatchedBuffer> buffers, SramView sram)
            {
                if (kind != EventKind.Kernel || name is not ("prune-negative" or "prune-smallest" or "insert-at-free"))
                {
                    return;
                }
                int now = 0;
                foreach (WatchedBuffer count in buffers.Where(b => b.Name.EndsWith(" count", StringComparison.Ordinal)))
                {
                    now += BitConverter.ToInt32(sram.Span(count.Bytes)[..sizeof(int)]); // ConnectionCount.Now
                }
                if (name == "insert-at-free" && _left > 0)
                {
                    Closed += now - _left;
                }
                _left = name == "insert-at-free" ? 0 : now;
            }
        }
    }
}
