using NSubstitute;

namespace NeuroHal.Backends.Tests;

/// <summary>Chips that nothing leaves are worked out one by one; what comes of it is what comes of all together, in the order of time.</summary>
public sealed class EmuBarrierTests
{
    private const int Chip = 152;
    private const int Cores = 2 * Chip;
    private const int Length = 600;

    [Theory]
    [InlineData(1, 1, "race-to-idle")]
    [InlineData(2, 3, "race-to-idle")]
    [InlineData(3, 2, "per-phase")]
    public void Chip_by_chip_is_the_same_as_in_the_order_of_time(int seed, int threads, string policy)
    {
        using EmuRun apart = Begin(threads, policy);
        using EmuRun inOrder = Begin(1, policy);
        inOrder.Device.Find<ITimeline>()!.Record(Substitute.For<ITimelineSink>()); // which is told everything in the order of time
        byte[][] contents = [RunProgram(apart, seed), RunProgram(inOrder, seed)];
        Assert.Equal(contents[1], contents[0]);
        Assert.True(apart.Device.SaveState().Span.SequenceEqual(inOrder.Device.SaveState().Span), "clocks, counters or links differ");
        Assert.True(apart.Train.Cores.Sum(c => c.NocSent.Count) > 100_000);
    }

    [Fact]
    public void A_superstep_on_two_chips_allocates_nothing()
    {
        using EmuRun run = Begin(1, "race-to-idle");
        Action<ICore> nothing = _ => { };
        for (int i = 0; i < 100; i++)
        {
            run.Device.Superstep("nothing", nothing);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            run.Device.Superstep("nothing", nothing);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100); // less than a byte each
    }

    private static EmuRun Begin(int threads, string policy) =>
        new([("profile", "spinnaker2-board"), ("threads", $"{threads}")], Cores, policy: policy);

    /// <summary>Supersteps in which some cores compute, send, load and store as they like; in some of them from chip to chip.</summary>
    /// <returns>What is in all cores' SRAM and in external memory then.</returns>
    private static byte[] RunProgram(EmuRun run, int seed)
    {
        IDevice device = run.Device;
        SramBuffer<byte>[] sources = [.. device.Cores.Select(c => c.Sram.Allocate<byte>("source", Length))];
        SramBuffer<byte>[] inboxes = [.. device.Cores.Select(c => c.Sram.Allocate<byte>("inbox", Length))];
        DramBuffer<byte> external = device.Dram.Allocate<byte>("external", Length);
        foreach (ICore core in device.Cores)
        {
            device.Host.Write<byte>(Enumerable.Repeat((byte)core.Id, Length).ToArray(), sources[core.Id]);
        }
        for (int step = 0; step < 6; step++)
        {
            (bool leaves, bool stores, int now) = (step % 3 == 2, step == 4, step);
            device.Superstep($"step {step}", core =>
            {
                var random = new Random((seed * 1_000_000) + (now * Cores) + core.Id);
                for (int act = random.Next(4); act > 0; act--)
                {
                    core.Run(new WorkKernel(new WorkCounts { IntegerAlu = random.Next(2000) }));
                    int other = random.Next(Chip) + (leaves && random.Next(3) == 0 ? Chip - (core.Id / Chip * Chip) : core.Id / Chip * Chip);
                    int length = random.Next(1, Length);
                    DmaTransfer started = (core.Id < Chip || leaves) && random.Next(8) == 0 && !stores
                        ? core.Dma.Load(external.Slice(0, length), inboxes[core.Id].Slice(0, length))
                        : core.Id == 7 && stores ? core.Dma.Store(sources[7].Slice(0, length), external.Slice(0, length))
                        : other == core.Id ? default
                        : core.Dma.Send(sources[core.Id].Slice(0, length), inboxes[other].Slice(0, length));
                    if (started != default)
                    {
                        core.Dma.Wait(started);
                    }
                }
                core.Level = device.Info.Levels[random.Next(device.Info.Levels.Count)];
            });
        }
        var contents = new byte[(Cores + 1) * Length];
        for (int core = 0; core < Cores; core++)
        {
            device.Host.Read<byte>(inboxes[core], contents.AsMemory(core * Length, Length));
        }
        device.Host.Read<byte>(external, contents.AsMemory(Cores * Length, Length));
        return contents;
    }
}
