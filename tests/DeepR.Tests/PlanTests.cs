using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Tests;

public sealed class PlanTests
{
    [Fact]
    public void The_published_network_fits_a_core_of_64_KB_code_included()
    {
        MemoryPlan plan = MemoryPlan.Make(Presets.Paper, Device(65_536));
        Assert.True(plan.Fits);
        Assert.Equal(1, plan.Lanes);
        Assert.Equal(3552, Presets.Paper.Budget);
        Assert.Contains(plan.Cores[0].Regions, r => r.Name.StartsWith("code", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_network_does_not()
    {
        TrainingOptions large = Presets.Paper with { Layers = [784, 1200, 400, 10], Connectivity = [0.1, 0.1, 0.1] };
        Assert.False(MemoryPlan.Make(large, Device(65_536)).Fits);
    }

    [Fact]
    public void As_many_lanes_are_taken_as_fit_and_divide_the_minibatch()
    {
        Assert.Equal(16, MemoryPlan.Make(Presets.Fast, Device(int.MaxValue)).Lanes);
        MemoryPlan middle = MemoryPlan.Make(Presets.Fast, Device(131_072));
        Assert.True(middle.Fits);
        Assert.Equal(4, middle.Lanes);
        Assert.False(MemoryPlan.Make(Presets.Fast, Device(65_536)).Fits);
    }

    [Fact]
    public void What_is_planned_is_what_a_real_device_holds_byte_for_byte()
    {
        foreach (TrainingOptions options in new[] { Presets.Paper, Presets.Fast with { Lanes = 4 }, Some.SmallNetwork })
        {
            IDevice device = RealDevices.Open("ReferenceCpu");
            var trainer = new Training.Trainer(device, options);
            CorePlan plan = trainer.Plan.Cores[0];
            Assert.Equal(plan.Regions, device.Cores[0].Sram.Map);
            SramRegion last = device.Cores[0].Sram.Map[^1];
            Assert.Equal(last.Offset + last.Size.Count, plan.Needed.Count);
        }
    }

    private static DeviceInfo Device(long sram) => new()
    {
        Backend = "test",
        Profile = "test",
        Kind = DeviceKind.Emulation,
        Cores = 1,
        SramPerCore = new Bytes(sram),
        SramIsLimited = true,
        Dram = Bytes.Zero,
        Levels = [],
        Energy = null,
    };
}
