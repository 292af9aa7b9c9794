namespace NeuroHal.Backends.Tests;

/// <summary>Energy of the emulation, held to what is published.</summary>
public sealed class EmuEnergyTests
{
    private const int Exponentials = 100_000;

    /// <summary>
    /// Partzsch et al. 2017 ("A fixed point exponential function accelerator for a neuromorphic many-core system"): an
    /// element that does nothing but exponentials with the accelerator takes 4 ns and 0.44 nJ for each at 1.0 V, and
    /// 0.21 nJ at 0.7 V (there at another clock than this level's, so only the energy is carried over).
    /// </summary>
    [Theory]
    [InlineData("PL3", 0.44e-9, 4e-9)]
    [InlineData("PL1", 0.21e-9, null)]
    public void An_exponential_costs_what_is_published_within_ten_percent(string level, double joules, double? seconds)
    {
        using var run = new EmuRun(level: level);
        run.Device.Superstep("loop", core => core.Run(new WorkKernel(new WorkCounts { Exponential = Exponentials })));
        PhaseCounters train = run.Train;
        EnergyReading energy = train.Energy!;
        double element = energy.Total.Value - energy.ByDomain[EnergyDomain.Dram].Value;
        Assert.InRange(element / Exponentials, 0.9 * joules, 1.1 * joules);
        if (seconds is { } expected)
        {
            Assert.InRange(train.Elapsed.Seconds / Exponentials, 0.9 * expected, 1.1 * expected);
        }
    }

    [Fact]
    public void What_switches_scales_with_the_square_of_the_supply()
    {
        double high = Dynamic("PL3");
        double low = Dynamic("PL1");
        Assert.Equal(0.7 * 0.7, low / high, 1e-9);
    }

    [Fact]
    public void Energy_is_told_by_domain_with_bounds_and_what_is_assumed()
    {
        using var run = new EmuRun();
        DramBuffer<byte> source = run.Device.Dram.Allocate<byte>("source", 784);
        SramBuffer<byte> destination = run.Device.Cores[0].Sram.Allocate<byte>("destination", 784);
        run.Device.Superstep("load", core => core.Dma.Wait(core.Dma.Load<byte>(source, destination)));
        run.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 100 })));
        EnergyReading energy = run.Train.Energy!;
        Assert.Equal(EnergyMethod.Modelled, energy.Method);
        Assert.InRange(energy.AssumedShare, 0.01, 0.99);
        foreach (EnergyDomain domain in new[] { EnergyDomain.CoreDynamic, EnergyDomain.CoreStatic, EnergyDomain.Dma, EnergyDomain.Noc, EnergyDomain.Dram })
        {
            Joules joules = energy.ByDomain[domain];
            Assert.True(0 < joules.Low && joules.Low < joules.Value && joules.Value < joules.High, $"{domain}: {joules}");
        }
    }

    [Theory]
    [InlineData("true", 3000.0 / (1000 + 3000 + 11))] // an assumed price of 3 cycles for each word
    [InlineData("false", 0)] // in software the price is derived
    public void Cycles_count_as_assumed_as_far_as_their_prices_are(string accelerated, double assumedOfCycles)
    {
        using var run = new EmuRun([("randomAccelerator", accelerated)]);
        run.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 1000, RandomWord = 1000 })));
        EnergyReading energy = run.Train.Energy!;
        double dynamic = energy.ByDomain[EnergyDomain.CoreDynamic].Value;
        double others = energy.Total.Value - dynamic; // static power, the generator's words, external memory: all assumed
        Assert.Equal((others + (dynamic * assumedOfCycles)) / energy.Total.Value, energy.AssumedShare, 1e-12);
    }

    [Fact]
    public void Cycles_of_barriers_and_all_work_at_an_assumed_supply_are_assumed()
    {
        using var barriers = new EmuRun(cores: 2);
        barriers.Device.Superstep("meet", _ => { });
        Assert.True(barriers.Train.Energy!.ByDomain[EnergyDomain.CoreDynamic].Value > 0);
        Assert.Equal(1, barriers.Train.Energy!.AssumedShare, 1e-12);
        Assert.Equal(1, AssumedOfAdditions("PL2"), 1e-12);
        Assert.InRange(AssumedOfAdditions("PL1"), 0.01, 0.5);
    }

    [Fact]
    public void Sleeping_costs_less_than_computing_and_more_than_nothing()
    {
        using var run = new EmuRun(cores: 2);
        run.Device.Superstep("one works", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = core.Id * 100_000 })));
        double both = Static(run);
        using var alone = new EmuRun();
        alone.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 100_000 })));
        Assert.InRange(both / Static(alone), 1.1, 1.9);
    }

    private static double Static(EmuRun run) => run.Train.Energy!.ByDomain[EnergyDomain.CoreStatic].Value;

    private static double AssumedOfAdditions(string level)
    {
        using var run = new EmuRun(level: level);
        run.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { IntegerAlu = 1000 })));
        return run.Train.Energy!.AssumedShare;
    }

    private static double Dynamic(string level)
    {
        using var run = new EmuRun(level: level);
        run.Device.Superstep("work", core => core.Run(new WorkKernel(new WorkCounts { FloatMultiplyAdd = 1000 })));
        return run.Train.Energy!.ByDomain[EnergyDomain.CoreDynamic].Value;
    }
}
