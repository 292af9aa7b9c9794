namespace NeuroHal.Conformance.Clauses;

internal static class TransferClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("T1", "a load holds its data once awaited, and not before", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            DramBuffer<int> source = device.Filled("source", Probes.Counting(1, 4));
            SramBuffer<int> destination = device.Filled(0, "destination", [9, 9, 9, 9]);
            DmaTransfer load = default;
            device.On(0, core => load = core.Dma.Load<int>(source, destination));
            Expect.Contents<int>([9, 9, 9, 9], device.Read(destination), "the destination before the wait, one barrier later");
            device.On(0, core => core.Dma.Wait(load));
            Expect.Contents<int>([1, 2, 3, 4], device.Read(destination), "the destination after the wait");
        }),
        new("T2", "a transfer takes its source as it is when started", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            DramBuffer<int> source = device.Filled("source", Probes.Counting(1, 4));
            SramBuffer<int> destination = device.Cores[0].Sram.Allocate<int>("destination", 4);
            DmaTransfer load = default;
            device.On(0, core => load = core.Dma.Load<int>(source, destination));
            device.Host.Write<int>(new int[4], source);
            device.On(0, core => core.Dma.Wait(load));
            Expect.Contents<int>([1, 2, 3, 4], device.Read(destination), "the destination, the source changed in between");
        }),
        new("T3", "a store is in DRAM from the next barrier on", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            SramBuffer<int> source = device.Filled(0, "source", Probes.Counting(1, 4));
            DramBuffer<int> destination = device.Filled("destination", [9, 9, 9, 9]);
            device.On(0, core =>
            {
                DmaTransfer store = core.Dma.Store<int>(source, destination);
                core.Run(new AddKernel(source, 100));
                core.Dma.Wait(store);
            });
            Expect.Contents<int>([1, 2, 3, 4], device.Read(destination), "the destination; the source changed after the start");
        }),
        new("T4", "ranges move their elements and no others", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            DramBuffer<int> source = device.Filled("source", Probes.Counting(1, 8));
            SramBuffer<int> destination = device.Filled(0, "destination", [9, 9, 9, 9]);
            device.On(0, core => core.Dma.Wait(core.Dma.Load(source.Slice(5, 2), destination.Slice(1, 2))));
            Expect.Contents<int>([9, 6, 7, 9], device.Read(destination), "the destination");
        }),
        new("T5", "what is sent is in the other core's SRAM from the next barrier on, and not before", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int> a = device.Filled(0, "a", [1, 2]);
            SramBuffer<int> b = device.Filled(1, "b", [3, 4]);
            // Both send what they hold and then add to it: with the rule, neither sees the other's data too early.
            device.Superstep("exchange", core =>
            {
                (SramBuffer<int> own, SramBuffer<int> other) = core.Id == 0 ? (a, b) : (b, a);
                core.Dma.Wait(core.Dma.Send<int>(own, other));
                core.Run(new AddKernel(own, 10));
            });
            Expect.Contents<int>([3, 4], device.Read(a), "core 0's buffer after the exchange");
            Expect.Contents<int>([1, 2], device.Read(b), "core 1's buffer after the exchange");
        }),
        new("T6", "copies to one place land in the order in which they were started", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int> source = device.Filled(0, "source", [1, 2, 3, 4]);
            SramBuffer<int> destination = device.Cores[1].Sram.Allocate<int>("destination", 2);
            device.On(0, core =>
            {
                DmaTransfer first = core.Dma.Send(source.Slice(0, 2), destination.Slice(0, 2));
                DmaTransfer second = core.Dma.Send(source.Slice(2, 2), destination.Slice(0, 2));
                core.Dma.Wait(second);
                core.Dma.Wait(first);
            });
            Expect.Contents<int>([3, 4], device.Read(destination), "the destination of both");
        }),
        new("T7", "a transfer into a buffer released meanwhile is refused and harms no other", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            DramBuffer<int> source = device.Filled("source", Probes.Counting(1, 4));
            SramBuffer<int> destination = device.Cores[0].Sram.Allocate<int>("destination", 4);
            DmaTransfer load = default;
            device.On(0, core => load = core.Dma.Load<int>(source, destination));
            device.Cores[0].Sram.Release(destination);
            SramBuffer<int> successor = device.Filled(0, "successor", [9, 9, 9, 9]);
            Expect.Throws<BadArgumentException>(() => device.On(0, core => core.Dma.Wait(load)), "waiting for a load into a released buffer");
            Expect.Contents<int>([9, 9, 9, 9], device.Read(successor), "the buffer that took its place");
        }),
        new("T8", "lengths that differ and ranges outside are refused", 1, bench =>
        {
            IDevice device = bench.Open();
            RequireDram(device);
            DramBuffer<int> source = device.Filled("source", Probes.Counting(1, 4));
            SramBuffer<int> destination = device.Filled(0, "destination", [9, 9, 9, 9]);
            Expect.Throws<BadArgumentException>(
                () => device.On(0, core => core.Dma.Load(source.Slice(0, 3), destination.Slice(0, 2))), "3 elements into 2");
            Expect.Throws<BadArgumentException>(
                () => device.On(0, core => core.Dma.Load(new DramRange<int>(source, 2, 4), destination)), "elements 2 to 5 of 4");
            Expect.Contents<int>([9, 9, 9, 9], device.Read(destination), "the destination after the refusals");
        }),
    ];

    private static void RequireDram(IDevice device)
    {
        if (device.Info.Dram == Bytes.Zero)
        {
            throw new ClauseDoesNotApplyException("needs external memory");
        }
    }
}
