namespace NeuroHal.Conformance.Clauses;

internal static class MemoryClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("M1", "SRAM is accounted to the byte, with a map of who holds what", 1, bench =>
        {
            ISram sram = bench.Open().Cores[0].Sram;
            sram.Reserve("code", new Bytes(100));
            sram.Allocate<byte>("bytes", 3);
            sram.Allocate<float>("floats", 5);
            Expect.Equal(new Bytes(123), sram.Used, "used after 100 + 3 + 20 bytes");
            string map = string.Join(", ", sram.Map.Select(r => $"{r.Name} {r.Size.Count}"));
            Expect.Equal("code 100, bytes 3, floats 20", map, "map");
        }),
        new("M2", "buffers are aligned and never overlap", 1, bench =>
        {
            ISram sram = bench.Open().Cores[0].Sram;
            sram.Allocate<byte>("a", 1);
            Expect.Equal(0, sram.Allocate<short>("b", 3).Offset % 4, "offset of a buffer of 16-bit elements, modulo 4");
            Expect.Equal(0, sram.Allocate<double>("c", 2).Offset % 8, "offset of a buffer of 64-bit elements, modulo 8");
            foreach ((SramRegion one, SramRegion next) in sram.Map.Zip(sram.Map.Skip(1)))
            {
                Expect.That(one.Offset + one.Size.Count <= next.Offset, $"'{next.Name}' at {next.Offset} overlaps '{one.Name}' at {one.Offset}, {one.Size}");
            }
        }),
        new("M3", "too much is SramExhausted with the map, and changes nothing", 1, bench =>
        {
            IDevice device = bench.Open();
            ISram sram = device.Cores[0].Sram;
            SramBuffer<int> kept = device.Filled(0, "kept", Probes.Counting(1, 4));
            Bytes used = sram.Used;
            SramExhaustedException e = Expect.Throws<SramExhaustedException>(
                () => sram.Allocate<long>("too much", (int)Math.Min((sram.Capacity.Count / 8) + 1, int.MaxValue)), "allocating more than the capacity");
            Expect.Equal("kept", string.Join(", ", e.Map.Select(r => r.Name)), "map in the exception");
            Expect.Equal(used, sram.Used, "used after the refusal");
            Expect.Contents<int>([1, 2, 3, 4], device.Read(kept), "a buffer after the refusal");
        }),
        new("M4", "all of SRAM can be allocated", 1, bench =>
        {
            IDevice device = bench.Open();
            if (device.Info.SramIsLimited)
            {
                ISram sram = device.Cores[0].Sram;
                sram.Allocate<byte>("all", (int)sram.Capacity.Count);
                Expect.Equal(sram.Capacity, sram.Used, "used");
                Expect.Throws<SramExhaustedException>(() => sram.Allocate<byte>("one more", 1), "allocating one byte more");
            }
        }),
        new("M5", "a released buffer's bytes can be had again, zeroed", 1, bench =>
        {
            IDevice device = bench.Open();
            ISram sram = device.Cores[0].Sram;
            sram.Release(device.Filled(0, "first", [7, 7, 7, 7]));
            Expect.Equal(Bytes.Zero, sram.Used, "used after the release");
            SramBuffer<int> second = sram.Allocate<int>("second", 4);
            Expect.Contents<int>([0, 0, 0, 0], device.Read(second), "a new buffer where another was");
        }),
        new("M6", "a released buffer is refused by a message with its name", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "short-lived", [1]);
            device.Cores[0].Sram.Release(buffer);
            device.Cores[0].Sram.Allocate<int>("successor", 1);
            Expect.Throws<BadArgumentException>(() => device.Read(buffer), "reading a released buffer");
            Expect.Throws<BadArgumentException>(() => device.On(0, c => c.Run(new AddKernel(buffer, 1))), "a kernel on a released buffer");
        }),
        new("M7", "a buffer of another core is refused", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int> foreign = device.Filled(1, "foreign", [1]);
            Expect.Throws<BadArgumentException>(() => device.On(0, c => c.Run(new AddKernel(foreign, 1))), "a kernel on another core's buffer");
            Expect.Throws<BadArgumentException>(() => device.Cores[0].Sram.Release(foreign), "releasing another core's buffer");
        }),
        new("M8", "what the host writes it reads back", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> sram = device.Filled(0, "sram", Probes.Counting(1, 8));
            device.Host.Write<int>(new[] { 50, 60 }, sram.Slice(3, 2));
            Expect.Contents<int>([1, 2, 3, 50, 60, 6, 7, 8], device.Read(sram), "SRAM after writing elements 3 and 4");
            if (device.Info.Dram > Bytes.Zero)
            {
                DramBuffer<int> dram = device.Filled("dram", Probes.Counting(1, 8));
                device.Host.Write<int>(new[] { 50, 60 }, dram.Slice(3, 2));
                Expect.Contents<int>([1, 2, 3, 50, 60, 6, 7, 8], device.Read(dram), "DRAM after writing elements 3 and 4");
            }
        }),
        new("M9", "DRAM is limited and accounted for", 1, bench =>
        {
            IDram dram = bench.Open().Dram;
            Expect.Equal(Bytes.Zero, dram.Used, "used at first");
            if (dram.Capacity > Bytes.Zero)
            {
                DramBuffer<int> buffer = dram.Allocate<int>("buffer", 4);
                Expect.Equal(new Bytes(16), dram.Used, "used after 16 bytes");
                dram.Release(buffer);
                Expect.Equal(Bytes.Zero, dram.Used, "used after the release");
            }
            if (dram.Capacity.Count / 8 < int.MaxValue)
            {
                Expect.Throws<CapacityExceededException>(
                    () => dram.Allocate<long>("too much", (int)(dram.Capacity.Count / 8) + 1), "allocating more than the capacity");
            }
        }),
    ];
}
