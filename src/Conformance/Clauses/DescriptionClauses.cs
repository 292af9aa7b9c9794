namespace NeuroHal.Conformance.Clauses;

internal static class DescriptionClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("D1", "the description agrees with the device", 1, bench =>
        {
            IDevice device = bench.Open();
            Expect.Equal(1, device.Info.Cores, "Info.Cores of a device opened with 1 core");
            Expect.Equal(device.Info.Cores, device.Cores.Count, "number of Cores");
            Expect.Equal(device.Info.SramPerCore, device.Cores[0].Sram.Capacity, "capacity of core 0's SRAM");
            Expect.Equal(device.Info.Dram, device.Dram.Capacity, "capacity of the DRAM");
            Expect.That(device.Info.Levels.Count > 0, $"Info.Levels: expected at least one, got none");
        }),
        new("D2", "cores are numbered from 0 in order", 2, bench =>
        {
            IDevice device = bench.Open(2);
            for (int i = 0; i < 2; i++)
            {
                Expect.Equal(i, device.Cores[i].Id, $"id of Cores[{i}]");
            }
        }),
        new("D3", "a device of no cores is refused", 1, bench =>
            Expect.Throws<NeuroHalException>(() => bench.Open(0), "opening a device of 0 cores")),
        new("D4", "every level can be set and is then the level", 1, bench =>
        {
            IDevice device = bench.Open();
            foreach (PerformanceLevel level in device.Info.Levels)
            {
                device.On(0, core => core.Level = level);
                Expect.Equal(level, device.Cores[0].Level, "level after setting it");
            }
        }),
        new("D5", "two devices of one backend share nothing", 1, bench =>
        {
            IDevice first = bench.Open();
            IDevice second = bench.Open();
            SramBuffer<int> buffer = first.Filled(0, "first", Probes.Counting(1, 4));
            SramBuffer<int> other = second.Filled(0, "second", Probes.Counting(9, 4));
            first.On(0, core => core.Run(new AddKernel(buffer, 10)));
            Expect.Contents<int>([11, 12, 13, 14], first.Read(buffer), "the first device's buffer");
            Expect.Contents<int>([9, 10, 11, 12], second.Read(other), "the second device's buffer");
            Expect.Equal(0L, second.Cores[0].ReadCounters(Phase.Load).KernelCalls, "kernel calls of the second device");
        }),
    ];
}
