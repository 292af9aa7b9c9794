using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Tests;

public sealed class PlanTests
{
    [Fact]
    public void The_published_network_fits_a_core_of_64_KB_code_included()
    {
        MemoryPlan plan = MemoryPlan.Make(Presets.Paper, Some.Device(65_536));
        Assert.True(plan.Fits);
        Assert.Equal(1, plan.Lanes);
        Assert.Equal(3552, Presets.Paper.Budget);
        Assert.Contains(plan.Cores[0].Regions, r => r.Name.StartsWith("code", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_network_does_not()
    {
        TrainingOptions large = Presets.Paper with { Layers = [784, 1200, 400, 10], Connectivity = [0.1, 0.1, 0.1] };
        Assert.False(MemoryPlan.Make(large, Some.Device(65_536)).Fits);
    }

    [Fact]
    public void As_many_lanes_are_taken_as_fit_and_divide_the_minibatch()
    {
        Assert.Equal(16, MemoryPlan.Make(Presets.Fast, Some.Device(int.MaxValue)).Lanes);
        MemoryPlan middle = MemoryPlan.Make(Presets.Fast, Some.Device(131_072));
        Assert.True(middle.Fits);
        Assert.Equal(8, middle.Lanes);
        Assert.False(MemoryPlan.Make(Presets.Fast, Some.Device(65_536)).Fits);
    }

    [Fact]
    public void What_is_planned_is_what_a_real_device_holds_byte_for_byte()
    {
        foreach (TrainingOptions options in new[] { Presets.Paper, Presets.Fast with { Lanes = 4 }, Some.SmallNetwork })
        {
            IDevice device = RealDevices.Open("ReferenceCpu", cores: 3);
            foreach (CorePlan plan in new Training.Trainer(device, options).Plan.Cores)
            {
                IReadOnlyList<SramRegion> map = device.Cores[plan.Core].Sram.Map;
                Assert.Equal(plan.Regions, map);
                Assert.Equal(map[^1].Offset + map[^1].Size.Count, plan.Needed.Count);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(152)]
    [InlineData(7296)]
    public void A_partition_deals_out_every_row_and_every_connection_once_and_evenly(int cores)
    {
        var partition = new Partition(Presets.Paper, cores);
        for (int layer = 0; layer < 3; layer++)
        {
            LayerShare[] shares = [.. Enumerable.Range(0, cores).Select(rank => partition[layer, partition.Grid.CoreOf(rank)])];
            Assert.Equal(Presets.Paper.Layers[layer + 1], shares.Sum(s => s.Rows));
            Assert.Equal(Presets.Paper.Connections(layer), shares.Sum(s => s.Connections));
            Assert.Equal(0, shares[0].First);
            Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.Equal(pair.First.First + pair.First.Rows, pair.Second.First));
        }
        int[] loads = [.. Enumerable.Range(0, cores).Select(core => Enumerable.Range(0, 3).Sum(layer => partition[layer, core].Connections))];
        Assert.InRange(loads.Max() - loads.Min(), 0, 40);
        Assert.Equal(cores, partition.Grid.Cores);
    }

    [Fact]
    public void A_wide_network_is_divided_over_a_chip_of_152_cores_and_no_core_could_hold_it_alone()
    {
        TrainingOptions wide = Presets.Paper with { Layers = [784, 4096, 4096, 10], Connectivity = [0.01, 0.01, 0.01] };
        DeviceInfo chip = Some.Device(131_072) with { CoresAvailable = 152 };
        MemoryPlan one = MemoryPlan.Make(wide, chip);
        Assert.True(one.Cores[0].Needed.Count > 10 * 131_072, $"{one.Cores[0].Needed}");
        MemoryPlan all = MemoryPlan.Make(wide, chip with { Cores = 152 });
        Assert.True(all.Fits);
        Assert.Equal((152, 0), (all.Cores.Count, all.Idle));
        PlanChange more = Assert.Single(PlanChange.Nearest(wide, chip), c => c.Change.StartsWith("--cores", StringComparison.Ordinal));
        Assert.InRange(more.Plan.Cores.Count, 30, 100);
    }

    [Fact]
    public void Layers_are_as_wide_as_their_indices_allow_and_no_wider()
    {
        TrainingOptions widest = Presets.Paper with { Layers = [784, 65_536, 10], Connectivity = [1e-4, 1e-3] };
        MemoryPlan plan = MemoryPlan.Make(widest, Some.Device(int.MaxValue) with { Cores = 152 });
        Assert.All(plan.Cores, core => Assert.Equal(4 * 65_536, core.Regions.Single(r => r.Name == "activations 1").Size.Count));
        Assert.Throws<BadArgumentException>(() => (widest with { Layers = [784, 65_537, 10] }).Validate());
    }

    [Fact]
    public void Four_cores_need_much_less_memory_each_than_one()
    {
        const long Program = 18 * 1024;
        long one = MemoryPlan.Make(Presets.Paper, Some.Device(65_536)).Cores[0].Needed.Count - Program;
        MemoryPlan four = MemoryPlan.Make(Presets.Paper, Some.Device(65_536) with { Cores = 4 });
        Assert.True(one >= 2.5 * (four.Cores.Max(c => c.Needed.Count) - Program));
        MemoryPlan fast = MemoryPlan.Make(Presets.Fast, Some.Device(65_536) with { Cores = 4 });
        Assert.True(fast.Fits);
        Assert.Equal(4, fast.Lanes);
    }
}
