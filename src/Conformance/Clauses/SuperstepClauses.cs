namespace NeuroHal.Conformance.Clauses;

internal static class SuperstepClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("S1", "a superstep runs its body once on each core", 2, bench =>
        {
            IDevice device = bench.Open(2);
            var runs = new int[2];
            device.Superstep("count", core => Interlocked.Increment(ref runs[core.Id]));
            Expect.Contents<int>([1, 1], runs, "runs by core");
        }),
        new("S2", "a kernel works on the memory of its core, at once", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int>[] buffers = [device.Filled(0, "a", [1, 2]), device.Filled(1, "b", [3, 4])];
            device.Superstep("add", core =>
            {
                core.Run(new AddKernel(buffers[core.Id], 10));
                core.Run(new AddKernel(buffers[core.Id], 100));
            });
            Expect.Contents<int>([111, 112], device.Read(buffers[0]), "core 0's buffer");
            Expect.Contents<int>([113, 114], device.Read(buffers[1]), "core 1's buffer");
        }),
        new("S3", "an exception in a body is passed on as it is, and the device goes on", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", [1]);
            Expect.Throws<TimeoutException>(() => device.Superstep("fails", _ => throw new TimeoutException()), "a superstep whose body throws");
            device.On(0, core => core.Run(new AddKernel(buffer, 1)));
            Expect.Contents<int>([2], device.Read(buffer), "a buffer after a superstep that followed");
        }),
        new("S4", "an exception on one of several cores is passed on as it is", 2, bench =>
        {
            IDevice device = bench.Open(2);
            Expect.Throws<TimeoutException>(
                () => device.On(1, _ => throw new TimeoutException()), "a superstep whose body throws on core 1");
            int runs = 0;
            device.Superstep("works", _ => Interlocked.Increment(ref runs));
            Expect.Equal(2, runs, "cores that ran in the superstep that followed");
        }),
        new("S5", "kernels and transfers outside a superstep are refused", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", [1]);
            Expect.Throws<BadArgumentException>(() => device.Cores[0].Run(new AddKernel(buffer, 1)), "a kernel outside a superstep");
            Expect.Contents<int>([1], device.Read(buffer), "the buffer after the refusal");
        }),
        new("S6", "the host link is for between supersteps, and these do not nest", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", [1]);
            Expect.Throws<BadArgumentException>(() => device.On(0, _ => device.Read(buffer)), "reading by the host within a superstep");
            Expect.Throws<BadArgumentException>(() => device.On(0, _ => device.On(0, _ => { })), "a superstep within a superstep");
        }),
        new("S7", "the same supersteps leave the same memory, every time", 2, bench =>
        {
            int[] first = Exchanged(bench);
            for (int again = 0; again < 4; again++)
            {
                Expect.Contents<int>(first, Exchanged(bench), "memory of both cores after the same program");
            }
        }),
    ];

    /// <summary>Two cores that go on adding to what they hold and sending it to each other, at different speeds.</summary>
    private static int[] Exchanged(DeviceBench bench)
    {
        IDevice device = bench.Open(2);
        SramBuffer<int>[] own = [device.Filled(0, "a", [1, 2]), device.Filled(1, "b", [3, 4])];
        SramBuffer<int>[] others = [device.Filled(0, "from b", [5, 6]), device.Filled(1, "from a", [7, 8])];
        for (int step = 0; step < 8; step++)
        {
            device.Superstep("exchange", core =>
            {
                core.Dma.Wait(core.Dma.Send<int>(others[core.Id], own[1 - core.Id]));
                core.Dma.Wait(core.Dma.Send<int>(own[core.Id], others[1 - core.Id]));
                for (int i = 0; i <= core.Id * 20; i++)
                {
                    core.Run(new AddKernel(own[core.Id], step + i));
                    core.Run(new AddKernel(others[core.Id], i));
                }
            });
        }
        return [.. own.Concat(others).SelectMany(device.Read)];
    }
}
