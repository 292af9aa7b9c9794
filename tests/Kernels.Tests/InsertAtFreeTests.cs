using CsCheck;

namespace NeuroHal.Kernels.Tests;

/// <summary>What is written for wide registers does what a program does that goes one by one.</summary>
public sealed class InsertAtFreeTests
{
    [Fact]
    public void Entries_signs_and_the_random_stream_are_those_of_inserting_one_by_one() => Gen
        .Select(Gen.Int[1, 90], Gen.Int[1, 60], Gen.Int[1, 1500], Gen.Int[1, 200], Gen.Float[0, 1], Gen.Int[1, 10_000])
        .Sample(
            (inputs, outputs, capacity, scratchLength, share, seed) => Compare(inputs, outputs, capacity, scratchLength, share, seed),
            iter: 500);

    [Theory]
    [InlineData(1000, 100, 90_000, 4000, 0.5f)] // more than there is room for on the stack
    [InlineData(784, 300, 2352, 128, 0.9f)]
    [InlineData(33, 31, 1023, 128, 0.97f)]
    [InlineData(4, 4, 16, 1, 0f)]
    public void So_they_are_in_small_and_large_layers(int inputs, int outputs, int capacity, int scratchLength, float share) =>
        Compare(inputs, outputs, capacity, scratchLength, share, seed: 7);

    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="capacity">Connections.</param>
    /// <param name="scratchLength">Ranks of a batch.</param>
    /// <param name="share">Of the connections that are there before.</param>
    /// <param name="seed">Of positions and signs.</param>
    private static void Compare(int inputs, int outputs, int capacity, int scratchLength, float share, int seed)
    {
        var bench = new KernelBench();
        SparseMatrix layer = bench.Layer(inputs, outputs, capacity, velocity: true);
        SramBuffer<uint> stream = bench.Stream((ulong)seed);
        var choice = new Random(seed);
        int all = Math.Min(capacity, inputs * outputs);
        List<Entry> entries =
        [
            .. Enumerable.Range(0, inputs * outputs).OrderBy(_ => choice.Next()).Take((int)(all * share)).Order()
                .Select(position => new Entry(position, 1 + choice.NextSingle(), choice.Next(2) == 1, choice.NextSingle())),
        ];
        Write(bench, layer, entries);
        uint[] state = bench.Read(stream).ToArray();
        bench.Run(new InsertAtFree(layer, stream, bench.Empty<uint>(scratchLength)));
        InsertOneByOne(entries, inputs * outputs, all, scratchLength, state);
        Assert.Equal(entries, Read(bench, layer));
        Assert.Equal(state, bench.Read(stream).ToArray());
    }

    private static void InsertOneByOne(List<Entry> entries, int positions, int target, int batch, uint[] state)
    {
        var random = new Xoshiro128(state);
        while (entries.Count < target)
        {
            var taken = entries.Select(e => e.Position).ToHashSet();
            List<int> free = [.. Enumerable.Range(0, positions).Where(p => !taken.Contains(p))];
            var drawn = new SortedSet<int>();
            long words = 0;
            int wanted = Math.Min(batch, target - entries.Count);
            while (drawn.Count < wanted)
            {
                int rank = (int)random.Below((uint)free.Count, ref words);
                drawn.Add(free[rank]);
                free.RemoveAt(rank);
            }
            uint signs = 0;
            foreach ((int number, int position) in drawn.Reverse().Index())
            {
                signs = number % 32 == 0 ? random.Next() : signs >> 1;
                entries.Add(new Entry(position, 0, (signs & 1) != 0, 0));
            }
            entries.Sort((a, b) => a.Position.CompareTo(b.Position));
        }
    }

    private static void Write(KernelBench bench, SparseMatrix layer, List<Entry> entries)
    {
        foreach ((int i, Entry entry) in entries.Index())
        {
            bench.Read(layer.Rows)[i] = (ushort)(entry.Position / layer.Inputs);
            bench.Read(layer.Columns)[i] = (ushort)(entry.Position % layer.Inputs);
            bench.Read(layer.Theta)[i] = entry.Theta;
            bench.Read(layer.Velocity)[i] = entry.Velocity;
            bench.Read(layer.Signs)[i / 32] |= entry.Negative ? 1u << i : 0;
        }
        bench.Read(layer.Count)[0] = new ConnectionCount(entries.Count, entries.Count);
    }

    private static List<Entry> Read(KernelBench bench, SparseMatrix layer) =>
    [
        .. Enumerable.Range(0, bench.Read(layer.Count)[0].Now).Select(i => new Entry(
            (bench.Read(layer.Rows)[i] * layer.Inputs) + bench.Read(layer.Columns)[i],
            bench.Read(layer.Theta)[i],
            (bench.Read(layer.Signs)[i / 32] >> i & 1) != 0,
            bench.Read(layer.Velocity)[i])),
    ];

    private readonly record struct Entry(int Position, float Theta, bool Negative, float Velocity);
}
