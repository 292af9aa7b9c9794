namespace NeuroHal.Backends.Tests.Faults;

/// <summary>What each kind of fault does, and whether the device notices.</summary>
public sealed class FaultOutcomeTests
{
    [Fact]
    public void Without_a_plan_there_are_no_faults_to_report()
    {
        using var run = new EmuRun();
        Assert.Null(run.Device.Find<IFaultReport>()!.Plan);
        Assert.Empty(run.Device.Find<IFaultReport>()!.ReadFaults());
    }

    [Fact]
    public void A_plan_of_nothing_changes_neither_results_nor_figures()
    {
        using var with = new FaultyRun("upset:rate=0", cores: 2);
        using var without = new FaultyRun(null, cores: 2);
        Assert.Equal(without.Train(FaultyRun.Options), with.Train(FaultyRun.Options));
        Assert.Equal(without.Device.ReadCounters().Elapsed, with.Device.ReadCounters().Elapsed);
        Assert.Equal(without.Device.ReadCounters().Energy!.Total, with.Device.ReadCounters().Energy!.Total);
        Assert.Empty(with.Faults);
    }

    [Fact]
    public void A_flip_at_a_place_and_time_is_seen_from_then_on()
    {
        using var run = new FaultyRun("flip:core=0,address=5,bit=2,time=1e-6,buffer=b");
        run.Device.Cores[0].Sram.Allocate<byte>("a", 8);
        SramBuffer<byte> buffer = run.Device.Cores[0].Sram.Allocate<byte>("b", 8);
        run.Device.Superstep("too early", core => core.Run(Work(100)));
        Assert.Equal(0, Read(run, buffer)[5]); // reading over the host link takes time
        run.Device.Superstep("late enough", core => core.Run(Work(1000)));
        Assert.Equal(4, Read(run, buffer)[5]);
        run.Device.Superstep("only once", core => core.Run(Work(1000)));
        Assert.Equal(4, Read(run, buffer)[5]);
        Assert.Equal(new FaultCount("bit flip", 1, 0, 0), Assert.Single(run.Faults));
    }

    [Fact]
    public void A_flip_where_nothing_is_kept_is_counted_as_missed()
    {
        using var run = new FaultyRun("flip:core=0,address=9,bit=0,time=0");
        run.Device.Cores[0].Sram.Allocate<byte>("a", 8);
        run.Device.Superstep("step", core => core.Run(Work(1)));
        Assert.Equal(new FaultCount("bit flip", 0, 1, 0), Assert.Single(run.Faults));
    }

    [Fact]
    public void Upsets_come_at_their_rate_evenly_over_bits_and_only_where_asked_for()
    {
        using var run = new FaultyRun("upset:rate=200,buffers=hit,lowestBit=8,highestBit=23,phases=train");
        ISram sram = run.Device.Cores[0].Sram;
        SramBuffer<uint> hit = sram.Allocate<uint>("hit", 4096);
        SramBuffer<uint> other = sram.Allocate<uint>("other", 4096);
        run.Device.Superstep("step", core => core.Run(Work(500_000))); // 1 ms at 500 MHz
        run.Device.Phase = Phase.Evaluate;
        run.Device.Superstep("not asked for", core => core.Run(Work(5_000_000)));
        long bits = 4096 * 16;
        double expected = 200 * bits * 1e-3;
        Assert.InRange(run["bit flip"].Injected, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
        uint[] words = Read(run, hit);
        Assert.All(words, w => Assert.Equal(0u, w & 0xFF0000FF));
        Assert.InRange(words.Count(w => w != 0), 1500, 4096);
        Assert.All(Read(run, other), w => Assert.Equal(0u, w));
    }

    [Fact]
    public void A_dead_core_is_found_at_the_barrier_after_the_time_out()
    {
        using var run = new FaultyRun("dead:core=1,time=1e-6;timeoutCycles=5000", cores: 2);
        run.Device.Superstep("alive", core => core.Run(Work(100)));
        bool[] ran = new bool[2];
        string message = Assert.Throws<DeviceFaultException>(() => run.Device.Superstep("dying", core => core.Run(Work(1000)))).Message;
        Assert.StartsWith("Core 1, superstep 'dying' at ", message, StringComparison.Ordinal);
        Assert.Contains("did not come to the barrier within 5,000 cycles: dead since 1 us", message, StringComparison.Ordinal);
        SimTime before = run.Device.ReadCounters().Elapsed;
        Assert.Throws<DeviceFaultException>(() => run.Device.Superstep("dead", core => ran[core.Id] = true));
        Assert.Equal([true, false], ran);
        Assert.True(run.Device.ReadCounters().Elapsed - before >= new Cycles(5000).At(500e6));
        Assert.Equal(new FaultCount("dead core", 1, 0, 2), run["dead core"]);
    }

    [Fact]
    public void A_slow_core_takes_longer_and_gets_the_same_result()
    {
        using var slow = new FaultyRun("slow:core=1,factor=0.25", cores: 2);
        using var sound = new FaultyRun("seed=1", cores: 2);
        Assert.Equal(sound.Train(FaultyRun.Options), slow.Train(FaultyRun.Options));
        CoreCounters slowCore = slow.Device.ReadCounters()[Phase.Train].Cores[1];
        CoreCounters soundCore = sound.Device.ReadCounters()[Phase.Train].Cores[1];
        Assert.Equal(soundCore.Busy, slowCore.Busy);
        Assert.Equal(4.0, slowCore.BusyTime.Seconds / soundCore.BusyTime.Seconds, 3);
        Assert.Equal(new FaultCount("slow core", 1, 0, 0), Assert.Single(slow.Faults));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("store")]
    [InlineData("send")]
    public void A_lost_transfer_is_found_by_whoever_waits_for_it(string kind)
    {
        using var run = new FaultyRun($"lose:nth=2,kinds={kind};timeoutCycles=7000", cores: 2);
        var transfers = new Transfers(run);
        transfers.Start(kind);
        transfers.Wait();
        transfers.Start(kind);
        string message = Assert.Throws<DeviceFaultException>(transfers.Wait).Message;
        Assert.Matches($"^Core 0, superstep 'wait' at .*: the {kind} .*of 16 B at 0x0 in 'own' did not end within 7,000 cycles", message);
        Assert.Equal(new FaultCount("lost transfer", 1, 0, 1), Assert.Single(run.Faults));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("store")]
    [InlineData("send")]
    public void A_dropped_transfer_leaves_what_was_there_and_nobody_notices(string kind)
    {
        using var run = new FaultyRun($"drop:rate=1,kinds={kind}", cores: 2);
        var transfers = new Transfers(run);
        transfers.Start(kind);
        transfers.Wait();
        Assert.All(transfers.Arrived(kind), b => Assert.Equal(0, b));
        Assert.Equal(new FaultCount("dropped transfer", 1, 0, 0), Assert.Single(run.Faults));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("store")]
    [InlineData("send")]
    public void A_corrupted_transfer_differs_in_one_bit_and_its_source_does_not(string kind)
    {
        using var run = new FaultyRun($"corrupt:nth=1,kinds={kind}", cores: 2);
        var transfers = new Transfers(run);
        transfers.Start(kind);
        transfers.Wait();
        Assert.Equal(1, transfers.Arrived(kind).Sum(b => int.PopCount(b ^ 0xFF)));
        Assert.All(transfers.Source(kind), b => Assert.Equal(0xFF, b));
        Assert.Equal(new FaultCount("corrupted transfer", 1, 0, 0), Assert.Single(run.Faults));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("store")]
    [InlineData("send")]
    public void With_parity_a_corrupted_transfer_is_noticed(string kind)
    {
        using var run = new FaultyRun($"corrupt:nth=1,kinds={kind};parity=true", cores: 2);
        var transfers = new Transfers(run);
        string message = Assert.Throws<DeviceFaultException>(() =>
        {
            transfers.Start(kind);
            transfers.Wait();
        }).Message;
        Assert.Contains("in 'own' arrived with wrong parity", message, StringComparison.Ordinal);
        Assert.Equal(new FaultCount("corrupted transfer", 1, 0, 1), Assert.Single(run.Faults));
    }

    [Theory]
    [InlineData("layer 1 rows", 1, 7, "left")]
    [InlineData("layer 1 columns", 1, 7, "left")]
    [InlineData("layer 1 count", 3, 7, "count")]
    [InlineData("layer 1 count", 2, 6, "count")]
    public void A_flipped_index_or_count_is_a_device_fault_that_names_kernel_core_and_buffer(string buffer, int address, int bit, string _)
    {
        using var run = new FaultyRun($"flip:core=0,address={address},bit={bit},time=1e-3,buffer={buffer}");
        string message = Assert.Throws<DeviceFaultException>(() => run.Train(FaultyRun.Options)).Message;
        Assert.StartsWith("Core 0, superstep 'train' at ", message, StringComparison.Ordinal);
        Assert.Matches("kernel 'sparse-[a-z]+' was led out of its buffers", message);
        Assert.Contains($"in '{buffer}'", message, StringComparison.Ordinal);
        Assert.Equal(1, run["bit flip"].Detected);
    }

    [Fact]
    public void An_exception_that_no_fault_can_have_led_to_is_passed_on_as_it_is()
    {
        using var run = new FaultyRun("upset:rate=0");
        SramBuffer<int> buffer = run.Device.Cores[0].Sram.Allocate<int>("index", 1);
        run.Device.Host.Write<int>(new[] { 1 }, buffer);
        Assert.Throws<IndexOutOfRangeException>(() => run.Device.Superstep("step", core => core.Run(new Outside(buffer))));
    }

    private static WorkKernel Work(long cycles) => new(new WorkCounts { IntegerAlu = cycles });

    private static T[] Read<T>(FaultyRun run, SramBuffer<T> buffer)
        where T : struct
    {
        var data = new T[buffer.Length];
        run.Device.Host.Read<T>(buffer, data);
        return data;
    }

    /// <summary>A kernel with a defect.</summary>
    private readonly struct Outside(SramBuffer<int> buffer) : IKernel
    {
        public string Name => "outside";

        public WorkCounts Run(SramView sram) => new() { Load = sram.Span(buffer)[sram.Span(buffer)[0]] };
    }

    /// <summary>Sixteen set bytes on their way in each direction.</summary>
    private sealed class Transfers
    {
        private readonly FaultyRun _run;
        private readonly SramBuffer<byte> _own;
        private readonly SramBuffer<byte> _others;
        private readonly DramBuffer<byte> _external;
        private DmaTransfer _pending;

        public Transfers(FaultyRun run)
        {
            _run = run;
            _own = run.Device.Cores[0].Sram.Allocate<byte>("own", 16);
            _others = run.Device.Cores[1].Sram.Allocate<byte>("others", 16);
            _external = run.Device.Dram.Allocate<byte>("external", 16);
        }

        public void Start(string kind)
        {
            byte[] set = [.. Enumerable.Repeat((byte)0xFF, 16)];
            if (kind == "load")
            {
                _run.Device.Host.Write<byte>(set, _external);
            }
            else
            {
                _run.Device.Host.Write<byte>(set, _own);
            }
            _run.Device.Superstep("start", core => _pending = core.Id != 0 ? _pending : kind switch
            {
                "load" => core.Dma.Load<byte>(_external, _own),
                "store" => core.Dma.Store<byte>(_own, _external),
                _ => core.Dma.Send<byte>(_own, _others),
            });
        }

        public void Wait() => _run.Device.Superstep("wait", core =>
        {
            if (core.Id == 0)
            {
                core.Dma.Wait(_pending);
            }
        });

        public byte[] Arrived(string kind) => kind switch
        {
            "load" => Read(_run, _own),
            "store" => External(),
            _ => Read(_run, _others),
        };

        public byte[] Source(string kind) => kind == "load" ? External() : Read(_run, _own);

        private byte[] External()
        {
            var data = new byte[16];
            _run.Device.Host.Read<byte>(_external, data);
            return data;
        }
    }
}
