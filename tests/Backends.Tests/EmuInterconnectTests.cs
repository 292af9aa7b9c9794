namespace NeuroHal.Backends.Tests;

/// <summary>Transfers take their time, contend for ports, and pay for each router they pass.</summary>
public sealed class EmuInterconnectTests
{
    private const int Length = 4000;

    // The default profile's constants.
    private static readonly SimTime _setUp = new Cycles(40).At(500e6);
    private static readonly SimTime _hop = SimTime.FromNanoseconds(8);
    private static readonly SimTime _memoryLatency = SimTime.FromNanoseconds(100);
    private static readonly SimTime _onMemoryPort = SimTime.FromSeconds(Length / 1e9);
    private static readonly SimTime _onLink = SimTime.FromSeconds(Length / 4e9);
    private static readonly SimTime _barrier = new Cycles(100).At(500e6);

    [Fact]
    public void A_load_takes_set_up_latency_hops_and_its_bytes()
    {
        using var run = new EmuRun();
        Load(run, core => core.Id == 0);
        Assert.Equal(_setUp + _onMemoryPort + _memoryLatency + _hop, run.Train.Elapsed);
    }

    [Fact]
    public void Two_loads_at_once_share_the_port_of_the_memory()
    {
        using var run = new EmuRun(cores: 2);
        Load(run, _ => true);
        // The second waits for the first, and is one router further away.
        SimTime second = _setUp + _onMemoryPort + _onMemoryPort + _memoryLatency + _hop + _hop;
        Assert.Equal(second + _barrier, run.Train.Elapsed);
    }

    [Fact]
    public void Sends_to_one_core_queue_at_its_port_and_sends_to_different_cores_do_not()
    {
        SimTime together = Send((0, 2), (1, 2));
        SimTime apart = Send((0, 2), (1, 3));
        Assert.Equal(_onLink, together - apart - (Hops(1, 2) - Hops(1, 3)));
    }

    [Fact]
    public void Each_router_on_the_way_costs_its_latency()
    {
        // Two columns: 0 and 1 are neighbours, 0 and 3 are across the corner.
        Assert.Equal(_hop, Send((0, 3)) - Send((0, 1)));
    }

    [Fact]
    public void Who_asks_first_is_served_first_whatever_its_number()
    {
        using var run = new EmuRun(cores: 2);
        (DramBuffer<byte> source, SramBuffer<byte>[] destinations) = Buffers(run);
        run.Device.Superstep("load", core =>
        {
            core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id == 0 ? 1_000_000 : 10 }));
            core.Dma.Wait(core.Dma.Load<byte>(source, destinations[core.Id]));
        });
        SimTime alone = _setUp + _onMemoryPort + _memoryLatency + _hop;
        SimTime late = new Cycles(1_000_011).At(500e6);
        Assert.Equal(late + alone + _barrier, run.Train.Elapsed);
    }

    [Theory]
    [InlineData("race-to-idle")]
    [InlineData("per-phase")]
    [InlineData("fixed")]
    public void Time_awake_and_asleep_adds_up(string policy)
    {
        using var run = new EmuRun(cores: 2, policy: policy);
        run.Device.Superstep("uneven", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id * 100_000 })));
        run.Device.Superstep("uneven", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id * 100_000 })));
        Assert.All(run.Train.Cores, core => Assert.InRange(
            (core.BusyTime + core.WaitingTime - run.Train.Elapsed).Picoseconds, -200_000, 200_000)); // a level switch at the end
    }

    [Fact]
    public void Waiting_costs_least_at_the_lowest_level_and_most_awake()
    {
        double[] joules = [.. new[] { "per-phase", "race-to-idle", "fixed" }.Select(WaitingEnergy)];
        Assert.Equal(joules.Order(), joules);
        // Published: the lowest level takes 80 % off the baseline power (Hoeppner et al. 2019); here of sleeping.
        Assert.Equal(0.2, joules[0] / joules[1], 0.02);
    }

    [Fact]
    public void An_unknown_policy_or_constant_is_refused()
    {
        IBackend emu = Backends.Emu();
        Assert.Contains("race-to-idle", Assert.Throws<BadArgumentException>(() => emu.Open(new DeviceRequest { Policy = "lazy" })).Message, StringComparison.Ordinal);
        Assert.Contains("'energy.none'", Assert.Throws<BadArgumentException>(() => emu.Open(
            new DeviceRequest { Constants = new Dictionary<string, double> { ["energy.none"] = 1 } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_constant_of_the_model_is_told_with_bounds_and_source_and_can_be_replaced()
    {
        IReadOnlyList<ModelConstant> constants = Backends.Emu().Open().Find<IDeviceModel>()!.Constants;
        Assert.InRange(constants.Count, 40, 100);
        Assert.Equal(constants.Count, constants.Select(c => c.Id).Distinct().Count());
        foreach (ModelConstant constant in constants)
        {
            Assert.NotEmpty(constant.Source);
            IDevice low = Backends.Open(Backends.Emu(), new DeviceRequest { Constants = new Dictionary<string, double> { [constant.Id] = constant.Low } });
            Assert.Equal(constant.Low, low.Find<IDeviceModel>()!.Constants.Single(c => c.Id == constant.Id).Value);
        }
    }

    [Fact]
    public void Counters_by_kernel_add_up_to_those_of_the_core()
    {
        using var run = new EmuRun();
        run.Device.Superstep("work", core =>
        {
            for (int i = 0; i < 5; i++)
            {
                core.Run(new WorkKernel(new WorkCounts { FloatMultiplyAdd = 100, Load = 50 }));
            }
        });
        KernelCounters kernel = Assert.Single(run.Device.Find<IKernelProfile>()!.ReadKernels(Phase.Train));
        Assert.Equal(("work", 5L), (kernel.Name, kernel.Calls));
        Assert.Equal(run.Train.Cores[0].Busy, kernel.Busy);
        double memory = run.Train.Energy!.ByDomain[EnergyDomain.Dram].Value;
        Assert.Equal(run.Train.Energy!.Total.Value - memory, kernel.Energy.Value, 1e-15);
    }

    private static SimTime Hops(int from, int to) => SimTime.FromNanoseconds(8 * (Math.Abs((from % 2) - (to % 2)) + Math.Abs((from / 2) - (to / 2)) + 1));

    private static double WaitingEnergy(string policy)
    {
        using var run = new EmuRun(cores: 2, policy: policy);
        run.Device.Superstep("wait", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id * 50_000_000 })));
        using var busy = new EmuRun();
        busy.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 50_000_000 })));
        return run.Train.Energy!.ByDomain[EnergyDomain.CoreStatic].Value - busy.Train.Energy!.ByDomain[EnergyDomain.CoreStatic].Value;
    }

    private static SimTime Send(params (int From, int To)[] sends)
    {
        using var run = new EmuRun(cores: 4);
        SramBuffer<byte>[] sources = [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("source", Length))];
        SramBuffer<byte>[] destinations = [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("destination", Length))];
        run.Device.Superstep("send", core =>
        {
            foreach ((int from, int to) in sends)
            {
                if (from == core.Id)
                {
                    core.Dma.Wait(core.Dma.Send<byte>(sources[from], destinations[to]));
                }
            }
        });
        return run.Train.Elapsed;
    }

    private static void Load(EmuRun run, Func<ICore, bool> who)
    {
        (DramBuffer<byte> source, SramBuffer<byte>[] destinations) = Buffers(run);
        run.Device.Superstep("load", core =>
        {
            if (who(core))
            {
                core.Dma.Wait(core.Dma.Load<byte>(source, destinations[core.Id]));
            }
        });
    }

    private static (DramBuffer<byte> Source, SramBuffer<byte>[] Destinations) Buffers(EmuRun run) =>
        (run.Device.Dram.Allocate<byte>("source", Length), [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("destination", Length))]);
}
