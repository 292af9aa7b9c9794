using CsCheck;

namespace NeuroHal.Kernels.Tests;

public sealed class RewiringKernelTests
{
    [Fact]
    public void Pruning_and_inserting_keep_the_list_sorted_unique_and_within_capacity() => Gen
        .Select(Gen.Int[1, 30], Gen.Int[1, 20], Gen.Int[1, 200], Gen.Int[1, 40], Gen.Int[1, 10_000])
        .Sample(
            (inputs, outputs, capacity, scratchLength, seed) =>
            {
                var bench = new KernelBench();
                SparseMatrix layer = bench.Layer(inputs, outputs, capacity, velocity: true);
                SramBuffer<uint> random = bench.Stream((ulong)seed);
                SramBuffer<uint> scratch = bench.Empty<uint>(scratchLength);
                for (int round = 0; round < 4; round++)
                {
                    bench.Run(new InsertAtFree(layer, random, scratch));
                    bench.AssertWellFormed(layer);
                    int count = bench.Read(layer.Count)[0].Now;
                    Assert.Equal(Math.Min(capacity, inputs * outputs), count);
                    KernelBench.Numbers(count, seed + round).CopyTo(bench.Read(layer.Theta));
                    int negative = bench.Read(layer.Theta)[..count].ToArray().Count(t => t < 0);
                    bench.Run(new PruneNegative(layer));
                    bench.AssertWellFormed(layer);
                    Assert.Equal(count - negative, bench.Read(layer.Count)[0].Now);
                }
            },
            iter: 300);

    [Fact]
    public void Survivors_keep_position_theta_sign_and_velocity() => Gen
        .Select(Gen.Int[2, 100], Gen.Int[2, 40], Gen.Int[1, 700], Gen.Float[0, 1], Gen.Int[1, 10_000])
        .Sample(
            (inputs, outputs, capacity, negative, seed) =>
            {
                var bench = new KernelBench();
                SparseMatrix layer = bench.Filled(inputs, outputs, Math.Min(capacity, inputs * outputs), (ulong)seed, velocity: true);
                int count = bench.Read(layer.Count)[0].Now;
                // Numbers in [-1, 1), moved so that the share of negative ones is as drawn.
                KernelBench.Numbers(count, seed).Select(n => n + 1 - (2 * negative)).ToArray().CopyTo(bench.Read(layer.Theta));
                KernelBench.Numbers(count, seed + 1).CopyTo(bench.Read(layer.Velocity));
                var before = Entries(bench, layer).Where(e => e.Theta >= 0).ToList();
                bench.Run(new PruneNegative(layer));
                Assert.Equal(before, Entries(bench, layer));
                bench.Run(new InsertAtFree(layer, bench.Stream(), bench.Empty<uint>(7)));
                List<Entry> after = Entries(bench, layer);
                Assert.Equal(count, after.Count);
                Assert.Equal(before, after.Where(before.ToHashSet().Contains));
                Assert.All(after.Except(before), entry => Assert.Equal((0f, 0f), (entry.Theta, entry.Velocity)));
            },
            iter: 300);

    [Fact]
    public void Each_free_position_is_equally_likely_and_no_taken_one_is_drawn()
    {
        var hits = new int[24];
        const int Trials = 20_000;
        for (int trial = 0; trial < Trials; trial++)
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Layer(6, 4, 8);
            ushort[] columns = [0, 3, 5];
            columns.CopyTo(bench.Read(layer.Columns));
            bench.Read(layer.Theta)[..3].Fill(1);
            bench.Read(layer.Count)[0] = new ConnectionCount(3, 3);
            bench.Run(new InsertAtFree(layer, bench.Stream((ulong)trial), bench.Empty<uint>(3)));
            for (int i = 0; i < 8; i++)
            {
                hits[(bench.Read(layer.Rows)[i] * 6) + bench.Read(layer.Columns)[i]]++;
            }
        }
        double expected = Trials * 5 / 21.0;
        double chiSquare = 0;
        for (int position = 0; position < hits.Length; position++)
        {
            if (position is 0 or 3 or 5)
            {
                Assert.Equal(Trials, hits[position]);
            }
            else
            {
                chiSquare += (hits[position] - expected) * (hits[position] - expected) / expected;
            }
        }
        Assert.True(chiSquare < 45.3, $"chi-square {chiSquare} with 20 degrees of freedom: beyond the 0.1 % quantile");
    }

    [Fact]
    public void The_smallest_fraction_goes_whatever_the_signs() => Gen
        .Select(Gen.Int[10, 200], Gen.Float[0.01f, 0.9f], Gen.Int[1, 1000])
        .Sample(
            (count, fraction, seed) =>
            {
                var bench = new KernelBench();
                SparseMatrix layer = bench.Filled(40, 30, count, (ulong)seed);
                float[] theta = KernelBench.Numbers(count, seed);
                Array.Fill(theta, 0.25f, 0, count / 3); // ties
                theta.CopyTo(bench.Read(layer.Theta));
                bench.Run(new PruneSmallest(layer, fraction));
                int left = bench.Read(layer.Count)[0].Now;
                Assert.Equal(count - (int)(count * fraction), left);
                float[] expected = [.. theta.Select(Math.Abs).OrderDescending().Take(left)];
                float[] kept = bench.Read(layer.Theta)[..left].ToArray();
                Assert.Equal(expected, kept.Select(Math.Abs).OrderDescending());
                bench.AssertWellFormed(layer);
            },
            iter: 200);

    [Fact]
    public void The_peak_is_remembered()
    {
        var bench = new KernelBench();
        SparseMatrix layer = bench.Filled(10, 10, 20, 1);
        bench.Read(layer.Theta).Fill(-1);
        bench.Run(new PruneNegative(layer));
        Assert.Equal(new ConnectionCount(0, 20), bench.Read(layer.Count)[0]);
    }

    private static List<Entry> Entries(KernelBench bench, SparseMatrix layer) =>
    [
        .. Enumerable.Range(0, bench.Read(layer.Count)[0].Now).Select(i => new Entry(
            bench.Read(layer.Rows)[i], bench.Read(layer.Columns)[i], bench.Read(layer.Theta)[i], bench.Sign(layer, i), bench.Read(layer.Velocity)[i])),
    ];

    private sealed record Entry(int Row, int Column, float Theta, float Sign, float Velocity);
}
