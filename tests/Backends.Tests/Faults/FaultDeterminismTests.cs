using CsCheck;
using NeuroHal.DeepR;

namespace NeuroHal.Backends.Tests.Faults;

/// <summary>The same plan on the same device gives the same faults, and whatever it does is success or a typed error.</summary>
public sealed class FaultDeterminismTests
{
    private static string Mixed(int seed) => $"seed={seed};upset:rate=2,buffers=*theta*|activations*,highestBit=22;upset:rate=3,buffers=errors*,highestBit=29;"
        + "slow:core=1,factor=0.5;drop:rate=0.01;corrupt:rate=0.002,kinds=send";

    [Fact]
    public void Faults_do_not_depend_on_host_threads()
    {
        Outcome one = Run(Mixed(1), 4, 1);
        Assert.True(one.Faults.Sum(f => f.Injected) > 20, one.ToString());
        Assert.Equal(one, Run(Mixed(1), 4, 2));
        Assert.Equal(one, Run(Mixed(1), 4, 4));
    }

    [Fact]
    public void Another_seed_gives_other_faults() =>
        Assert.NotEqual(Run(Mixed(1), 2, 1).Result, Run(Mixed(2), 2, 1).Result);

    [Fact]
    public void A_restored_device_meets_the_faults_that_it_would_have_met()
    {
        const string Plan = "upset:rate=50,phases=train;flip:core=0,address=8,bit=1,time=0.00003;flip:core=1,address=9,bit=2,time=0.001;corrupt:rate=0.3;drop:rate=0.2";
        using var first = new FaultyRun(Plan, cores: 2);
        using var second = new FaultyRun(Plan, cores: 2);
        var (a, b) = (new Cells(first), new Cells(second));
        a.Work(20);
        byte[][] contents = a.Read();
        ReadOnlyMemory<byte> state = first.Device.SaveState();
        b.Work(3); // what it did before does not matter
        b.Write(contents);
        second.Device.RestoreState(state);
        long before = first["bit flip"].Injected;
        a.Work(20);
        b.Work(20);
        Assert.InRange(first["bit flip"].Injected - before, 50, 10_000);
        Assert.Equal(first.Faults, second.Faults);
        Assert.Equal(first.Device.ReadCounters().Elapsed, second.Device.ReadCounters().Elapsed);
        Assert.Equal(a.Read(), b.Read());
    }

    [Fact]
    public void A_state_is_not_taken_over_by_a_device_with_another_plan()
    {
        using var one = new FaultyRun("upset:rate=1");
        using var other = new FaultyRun("upset:rate=2");
        using var sound = new EmuRun();
        Assert.Throws<BadDataException>(() => other.Device.RestoreState(one.Device.SaveState()));
        Assert.Throws<BadDataException>(() => sound.Device.RestoreState(one.Device.SaveState()));
        Assert.Throws<BadDataException>(() => one.Device.RestoreState(sound.Device.SaveState()));
    }

    [Fact]
    public void Any_faults_at_any_rate_end_in_success_or_a_device_fault()
    {
        bool isLong = Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1";
        // A core that crawls meets so many more upsets: one run in some hundreds would take a minute.
        string slowest = isLong ? "0.01" : "0.1";
        Gen<string> rate = Gen.Double[-3, 2.5].Select(e => Math.Pow(10, e).ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        Gen<string> time = Gen.Double[0, 0.02].Select(t => t.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        Gen<string> buffers = Choice.Of("", ",buffers=*theta*", ",buffers=*rows*|*columns*", ",buffers=*count*", ",buffers=*signs*", ",buffers=tally",
            ",buffers=random*|*scratch*", ",buffers=image*|pixels*", ",buffers=activations*|errors*", ",buffers=*velocity*|*gradient*");
        Gen<string> rule = Gen.OneOf(
            Gen.Select(rate, buffers, (r, b) => $"upset:rate={r}{b}"),
            Gen.Select(Gen.Int[0, 65_535], Gen.Int[0, 7], time, (a, b, t) => $"flip:core=0,address={a},bit={b},time={t}"),
            Gen.Select(Choice.Of("lose", "drop", "corrupt"), Gen.Double[0.0001, 1], (e, p) => $"{e}:rate={p.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}"),
            time.Select(t => $"dead:core=0,time={t}"),
            time.Select(t => $"slow:core=0,factor={slowest},time={t}"));
        var plans = Gen.Select(Gen.ULong, Gen.Bool, rule.Array[1, 4], (seed, parity, rules) => $"seed={seed};parity={parity};timeoutCycles=1000;{string.Join(';', rules)}");
        int faults = 0;
        int successes = 0;
        Gen.Select(plans, Gen.Int[1, 3], Choice.Of(1, 2, 8), Choice.Of("deep-r", "set", "static"), Choice.Of(WeightPlacement.Sram, WeightPlacement.Dram))
            .Sample(
                (plan, cores, lanes, policy, weights) =>
                {
                    // A buffer that this network does not have is an error of its own, tested elsewhere.
                    plan = lanes == 1 ? plan.Replace("|pixels*", "", StringComparison.Ordinal) : plan;
                    plan = lanes == 8 ? plan.Replace("|*gradient*", "", StringComparison.Ordinal) : plan;
                    using var run = new FaultyRun(plan, cores);
                    try
                    {
                        TrainingOptions options = FaultyRun.Options;
                        run.Train(options with { Epochs = 1, Lanes = lanes, Rewiring = options.Rewiring with { Policy = policy }, Weights = weights });
                        Interlocked.Increment(ref successes);
                    }
                    catch (DeviceFaultException e)
                    {
                        Interlocked.Increment(ref faults);
                        return !e.Message.Contains('\n', StringComparison.Ordinal);
                    }
                    return true;
                },
                iter: isLong ? 400 : 100);
        Assert.True(faults > 10 && successes > 10, $"{faults} faults, {successes} successes");
    }

    private static Outcome Run(string plan, int cores, int threads)
    {
        using var run = new FaultyRun(plan, cores, threads);
        string result;
        try
        {
            result = run.Train(FaultyRun.Options).ToString();
        }
        catch (DeviceFaultException e)
        {
            result = e.Message;
        }
        return new Outcome(result, new Listed([.. run.Faults]), run.Device.ReadCounters().Elapsed);
    }

    private sealed record Outcome(string Result, Listed Faults, SimTime Elapsed);

    /// <summary>Counts that are equal where their elements are.</summary>
    private sealed class Listed(FaultCount[] counts) : List<FaultCount>(counts), IEquatable<Listed>
    {
        public bool Equals(Listed? other) => other is not null && this.SequenceEqual(other);

        public override bool Equals(object? obj) => Equals(obj as Listed);

        public override int GetHashCode() => Count;

        public override string ToString() => string.Join(", ", this.AsEnumerable());
    }

    /// <summary>Some memory on two cores that send each other parts of it.</summary>
    private sealed class Cells
    {
        private readonly FaultyRun _run;
        private readonly SramBuffer<byte>[] _own;
        private readonly SramBuffer<byte>[] _inbox;
        private readonly DmaTransfer[] _pending = new DmaTransfer[2];

        public Cells(FaultyRun run)
        {
            _run = run;
            _own = [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("own", 2048))];
            _inbox = [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("inbox", 512))];
        }

        public void Work(int steps)
        {
            _run.Device.Phase = Phase.Train;
            for (int i = 0; i < steps; i++)
            {
                _run.Device.Superstep("work", core =>
                {
                    core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 10_000 }));
                    _pending[core.Id] = core.Dma.Send(_own[core.Id].Slice(100, 512), _inbox[1 - core.Id]);
                });
                _run.Device.Superstep("wait", core => core.Dma.Wait(_pending[core.Id]));
            }
        }

        public byte[][] Read()
        {
            // Nothing is struck in this phase, so it holds afterwards what was read.
            _run.Device.Phase = Phase.Evaluate;
            return [.. _own.Concat(_inbox).Select(Read)];
        }

        public void Write(byte[][] contents)
        {
            _run.Device.Phase = Phase.Evaluate;
            foreach ((SramBuffer<byte> buffer, byte[] bytes) in _own.Concat(_inbox).Zip(contents))
            {
                _run.Device.Host.Write<byte>(bytes, buffer);
            }
        }

        private byte[] Read(SramBuffer<byte> buffer)
        {
            var data = new byte[buffer.Length];
            _run.Device.Host.Read<byte>(buffer, data);
            return data;
        }
    }
}
