namespace NeuroHal.Backends.Tests;

/// <summary>Several chips: where cores are, and what it takes to go from chip to chip.</summary>
public sealed class EmuBoardTests
{
    private const int Length = 1200;
    private const int Chip = 152;

    // The profile's constants.
    private static readonly SimTime _setUp = new Cycles(40).At(500e6);
    private static readonly SimTime _barrier = new Cycles(100).At(500e6);
    private static readonly SimTime _hop = SimTime.FromNanoseconds(8);
    private static readonly SimTime _link = SimTime.FromNanoseconds(150);
    private static readonly SimTime _overLink = SimTime.FromSeconds(Length / 1.2e9);
    private static readonly SimTime _overMesh = SimTime.FromSeconds(Length / 4e9);

    [Fact]
    public void A_board_has_the_cores_of_all_chips()
    {
        IBackend board = Board();
        Assert.Equal((7296, 48, 7296), Shape(board, 7296));
        Assert.Equal((1024, 8, 7296), Shape(board, 1024)); // 128 on each
        Assert.Equal((157, 2, 7296), Shape(board, 157)); // no number of chips divides it: the second has fewer
        Assert.Equal((152, 1, 7296), Shape(board, 152));
        Assert.Throws<NotSupportedByDeviceException>(() => board.Open(7297));
        Assert.Equal(1, Backends.Emu().Open(4).Info.Chips);
    }

    [Fact]
    public void A_barrier_over_chips_takes_the_way_to_the_farthest_and_back()
    {
        using var one = new EmuRun([("profile", "spinnaker2-board")], Chip);
        using var two = new EmuRun([("profile", "spinnaker2-board")], 2 * Chip);
        Assert.Equal(_barrier, Empty(one));
        Assert.Equal(_barrier + _link + _link, Empty(two));
    }

    [Fact]
    public void From_chip_to_chip_costs_the_links_latency_bandwidth_and_energy()
    {
        using EmuRun run = Send(2, (0, Chip));
        // Each chip's first router is where its links begin.
        Assert.Equal(_setUp + _overLink + _hop + _hop + _link + _link + _link + _barrier, run.Train.Elapsed);
        using EmuRun near = Send(2, (0, 1));
        double more = run.Train.Energy!.ByDomain[EnergyDomain.Noc].Value - near.Train.Energy!.ByDomain[EnergyDomain.Noc].Value;
        Assert.Equal(Length * 40e-12, more, 1e-15); // as many routers, and one link
    }

    [Fact]
    public void Diagonal_neighbours_have_a_link_of_their_own_one_way_and_not_the_other()
    {
        // Eight chips to a row: chip 9 is up and right of chip 0, chip 8 is up and left of chip 1.
        SimTime diagonal = Elapsed(16, (0, 9 * Chip));
        SimTime corner = Elapsed(16, (Chip, 8 * Chip));
        Assert.Equal(_link + _hop, corner - diagonal); // and the router between
    }

    [Fact]
    public void Transfers_over_one_link_queue_and_over_different_links_do_not()
    {
        // From two cores of a chip to two of another: one link for both.
        SimTime together = Elapsed(16, (0, Chip), (1, Chip + 1));
        SimTime apart = Elapsed(16, (0, Chip), (1, (8 * Chip) + 1));
        Assert.Equal(_overLink, together - apart, (a, b) => Math.Abs((a - b).Picoseconds) <= _hop.Picoseconds);
    }

    [Fact]
    public void Links_of_the_mesh_queue_too()
    {
        // Row by row of eight: 0 to 2 and 1 to 3 share the link from 1 to 2, 0 to 2 and 9 to 11 share nothing.
        SimTime together = Elapsed(1, (0, 2), (1, 3));
        SimTime apart = Elapsed(1, (0, 2), (9, 11));
        Assert.Equal(_overMesh, together - apart);
    }

    [Fact]
    public void The_memory_of_the_first_chip_is_far_from_the_others()
    {
        SimTime near = Load(0);
        SimTime far = Load(Chip);
        Assert.Equal(_link + _hop + _overLink - SimTime.FromSeconds(Length / 4e9), far - near);
    }

    [Fact]
    public void Memory_is_that_of_all_chips_one_after_the_other()
    {
        using var run = new EmuRun([("profile", "spinnaker2-board")], 2 * Chip);
        Assert.Equal(2L << 31, run.Device.Info.Dram.Count);
    }

    [Theory]
    [InlineData("\"chips\": 48", "\"chips\": 0", "board.chips is 0; it must be 1 to 1024")]
    [InlineData("\"columns\": 8", "\"columns\": 5000", "board.columns is 5000; it must be 1 to 1024")]
    [InlineData("\"linkLatency\"", "\"linkDelay\"", "line ")]
    [InlineData("\"value\": 40,", "\"value\": 4,", "board.linkByte has low 11.2, value 4, high 200")]
    public void A_wrong_board_is_refused_with_file_and_place(string was, string becomes, string message)
    {
        string file = Path.GetTempFileName();
        try
        {
            string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "profiles", "spinnaker2-board.json"));
            int board = json.IndexOf("\"board\"", StringComparison.Ordinal);
            Assert.Contains(was, json[board..], StringComparison.Ordinal);
            File.WriteAllText(file, json[..board] + json[board..].Replace(was, becomes, StringComparison.Ordinal));
            string actual = Assert.Throws<BadDataException>(() => Backends.Emu(("profile", file)).Open()).Message;
            Assert.StartsWith(file, actual, StringComparison.Ordinal);
            Assert.Contains(message, actual, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Many_transfers_over_the_host_link_are_one_sleep_to_the_cores_and_the_same_time_and_energy()
    {
        using var run = new EmuRun(cores: 2);
        SramBuffer<byte> buffer = run.Device.Cores[1].Sram.Allocate<byte>("buffer", 100);
        for (int i = 0; i < 10; i++)
        {
            run.Device.Host.Write<byte>(new byte[100], buffer);
        }
        Assert.Equal(SimTime.FromSeconds(1000 / 12.5e6), run.Train.Elapsed);
        Assert.All(run.Train.Cores, core => Assert.Equal(run.Train.Elapsed, core.WaitingTime));
        run.Device.Phase = Phase.Evaluate;
        Assert.Equal(SimTime.Zero, run.Device.ReadCounters()[Phase.Evaluate].Cores[0].WaitingTime);
    }

    private static IBackend Board() => Backends.Emu(("profile", "spinnaker2-board"));

    private static (int Cores, int Chips, int Available) Shape(IBackend backend, int cores)
    {
        DeviceInfo info = backend.Open(cores).Info;
        return (info.Cores, info.Chips, info.CoresAvailable);
    }

    private static SimTime Empty(EmuRun run)
    {
        run.Device.Superstep("nothing", _ => { });
        return run.Train.Elapsed;
    }

    private static SimTime Elapsed(int chips, params (int From, int To)[] sends)
    {
        using EmuRun run = Send(chips, sends);
        return run.Train.Elapsed;
    }

    private static EmuRun Send(int chips, params (int From, int To)[] sends)
    {
        var run = new EmuRun([("profile", "spinnaker2-board"), ("threads", "1")], chips * Chip);
        SramBuffer<byte>[] buffers = [.. run.Device.Cores.Select(c => c.Sram.Allocate<byte>("buffer", Length))];
        run.Device.Superstep("send", core =>
        {
            foreach ((int from, int to) in sends.Where(s => s.From == core.Id))
            {
                core.Dma.Wait(core.Dma.Send<byte>(buffers[from], buffers[to]));
            }
        });
        return run;
    }

    private static SimTime Load(int core)
    {
        using var run = new EmuRun([("profile", "spinnaker2-board"), ("threads", "1")], 2 * Chip);
        DramBuffer<byte> source = run.Device.Dram.Allocate<byte>("source", Length);
        SramBuffer<byte> destination = run.Device.Cores[core].Sram.Allocate<byte>("destination", Length);
        run.Device.Superstep("load", c =>
        {
            if (c.Id == core)
            {
                c.Dma.Wait(c.Dma.Load<byte>(source, destination));
            }
        });
        return run.Train.Elapsed;
    }
}
