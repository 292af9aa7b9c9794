namespace NeuroHal.Backends.Tests;

/// <summary>What the emulation makes of counts: cycles and time.</summary>
public sealed class EmuTimeTests
{
    private static readonly WorkCounts _mixed = new()
    {
        IntegerAlu = 10,
        Load = 7,
        Store = 3,
        BranchTaken = 4,
        BranchNotTaken = 2,
        FloatMultiplyAdd = 5,
        FloatDivide = 1,
    };

    [Fact]
    public void Work_costs_its_instructions_and_the_call()
    {
        long call = CyclesOf(WorkCounts.None);
        // Cortex-M4F: ALU 1, load 2, store 1, branch taken 3, not taken 1, multiply-add 3, divide 14.
        Assert.Equal(call + 10 + (7 * 2) + 3 + (4 * 3) + 2 + (5 * 3) + 14, CyclesOf(_mixed));
    }

    [Theory]
    [InlineData("PL1", 125e6)]
    [InlineData("PL3", 500e6)]
    public void Time_is_cycles_at_the_clock_of_the_level(string level, double hertz)
    {
        using var run = new EmuRun(level: level);
        run.Device.Superstep("work", core => core.Run(new WorkKernel(_mixed)));
        CoreCounters core = run.Train.Cores[0];
        Assert.Equal(core.Busy.At(hertz), core.BusyTime);
        Assert.Equal(core.BusyTime, run.Train.Elapsed);
    }

    [Fact]
    public void Without_the_accelerators_exponentials_and_random_words_take_longer()
    {
        var work = new WorkCounts { Exponential = 100, RandomWord = 100 };
        Assert.True(CyclesOf(work, ("exponentialAccelerator", "false")) > CyclesOf(work));
        Assert.True(CyclesOf(work, ("randomAccelerator", "false")) > CyclesOf(work));
    }

    [Fact]
    public void A_transfer_runs_beside_the_core()
    {
        SimTime transfer = Elapsed((core, source, destination) => core.Dma.Wait(core.Dma.Load<byte>(source, destination)));
        SimTime work = Elapsed((core, _, _) => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 1000 })));
        SimTime one_after_the_other = Elapsed((core, source, destination) =>
        {
            core.Dma.Wait(core.Dma.Load<byte>(source, destination));
            core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 1000 }));
        });
        SimTime beside = Elapsed((core, source, destination) =>
        {
            DmaTransfer load = core.Dma.Load<byte>(source, destination);
            core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 1000 }));
            core.Dma.Wait(load);
        });
        Assert.Equal(transfer + work, one_after_the_other);
        Assert.True(beside < one_after_the_other);
        Assert.True(beside >= SimTime.Max(transfer, work));
    }

    [Fact]
    public void Cores_that_wait_at_the_barrier_sleep()
    {
        using var run = new EmuRun(cores: 2);
        run.Device.Superstep("uneven", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id == 0 ? 1000 : 5000 })));
        CoreCounters fast = run.Train.Cores[0];
        CoreCounters slow = run.Train.Cores[1];
        Assert.Equal(SimTime.Zero, slow.WaitingTime);
        Assert.Equal(new Cycles(4000).At(500e6), fast.WaitingTime);
        Assert.Equal(run.Train.Elapsed, fast.BusyTime + fast.WaitingTime);
    }

    [Fact]
    public void Changing_level_costs_time()
    {
        using var run = new EmuRun();
        run.Device.Superstep("switch", core => core.Level = run.Device.Info.Levels[0]);
        Assert.InRange(run.Train.Elapsed.Seconds, 1e-9, 100e-9); // published: less than 100 ns
    }

    [Fact]
    public void Bytes_over_the_host_link_take_time_in_which_the_cores_sleep()
    {
        using var run = new EmuRun();
        SramBuffer<byte> buffer = run.Device.Cores[0].Sram.Allocate<byte>("buffer", 1000);
        run.Device.Host.Write<byte>(new byte[1000], buffer);
        Assert.Equal(SimTime.FromSeconds(1000 / 12.5e6), run.Train.Elapsed);
        Assert.Equal(run.Train.Elapsed, run.Train.Cores[0].WaitingTime);
    }

    private static long CyclesOf(WorkCounts work, params (string Key, string Value)[] settings)
    {
        using var run = new EmuRun(settings);
        run.Device.Superstep("work", core => core.Run(new WorkKernel(work)));
        return run.Train.Cores[0].Busy.Count;
    }

    private static SimTime Elapsed(Action<ICore, DramBuffer<byte>, SramBuffer<byte>> program)
    {
        using var run = new EmuRun();
        DramBuffer<byte> source = run.Device.Dram.Allocate<byte>("source", 784);
        SramBuffer<byte> destination = run.Device.Cores[0].Sram.Allocate<byte>("destination", 784);
        run.Device.Superstep("program", core => program(core, source, destination));
        return run.Train.Elapsed;
    }
}
