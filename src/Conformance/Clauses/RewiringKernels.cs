using NeuroHal.Conformance.Trials;
using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Clauses;

/// <summary>Trials of the kernels that take connections out and put new ones in, by what must be true afterwards.</summary>
internal static class RewiringKernels
{
    public static void Insert(DeviceBench bench)
    {
        Trial.Each(bench, (core, dice, shape) =>
        {
            bool velocity = dice.OneIn(2);
            Layer before = Roll(dice, shape with { Capacity = shape.Connections + dice.Between(1, 300) }, velocity);
            SparseMatrix matrix = before.Place(core, velocity);
            SramBuffer<uint> random = core.Place("random", dice.Words(Xoshiro128.StateWords));
            SramBuffer<uint> scratch = core.Place("scratch", new uint[dice.Between(1, 40)]);
            core.Run(new InsertAtFree(matrix, random, scratch));

            Layer after = before.After(core, matrix);
            int full = Math.Min(before.Shape.Capacity, shape.Inputs * shape.Outputs);
            Expect.Equal(new ConnectionCount(full, Math.Max(full, before.Count.Peak)), after.Count, "count");
            ExpectSubset(before, after, "a connection there was before");
            HashSet<int> taken = [.. before.Connections.Select(before.Position)];
            foreach (Connection added in after.Connections.Where(c => !taken.Contains(after.Position(c))))
            {
                Expect.Equal((0f, 0f), (added.Theta, added.Velocity), $"theta and velocity of the new connection at {after.Position(added)}");
            }
            core.Read(random);
            core.Read(scratch);
        });
        InsertEvenness.Check(bench);
    }

    public static void PruneNegative(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        bool velocity = dice.OneIn(2);
        Layer before = Roll(dice, shape, velocity);
        SparseMatrix matrix = before.Place(core, velocity);
        core.Run(new PruneNegative(matrix));

        Layer after = before.After(core, matrix);
        Connection[] kept = [.. before.Connections.Where(c => c.Theta >= 0)];
        Expect.Equal(before.Count with { Now = kept.Length }, after.Count, "count");
        Expect.Contents<Connection>(kept, after.Connections.ToArray(), "connections left");
    });

    public static void PruneSmallest(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        // A multiple of 1/64, so that it is clear how many are to go.
        float fraction = dice.Between(0, 64) / 64f;
        bool velocity = dice.OneIn(2);
        Layer before = Roll(dice, shape, velocity);
        SparseMatrix matrix = before.Place(core, velocity);
        core.Run(new PruneSmallest(matrix, fraction));

        Layer after = before.After(core, matrix);
        int left = shape.Connections - (int)(shape.Connections * fraction);
        Expect.Equal(before.Count with { Now = left }, after.Count, "count");
        ExpectSubset(after, before, "a connection left");
        // Of equals any may go.
        Expect.Contents<float>(
            [.. Magnitudes(before).Take(left)], Magnitudes(after).ToArray(), "absolute thetas left, largest first");
    });

    private static Layer Roll(Dice dice, Shape shape, bool velocity)
    {
        var layer = Layer.Roll(dice, shape);
        return velocity ? layer : layer.WithoutVelocity();
    }

    private static IEnumerable<float> Magnitudes(Layer layer) => layer.Connections.Select(c => Math.Abs(c.Theta)).OrderDescending();

    private static void ExpectSubset(Layer some, Layer all, string what)
    {
        var found = all.Connections.ToDictionary(all.Position);
        foreach (Connection one in some.Connections)
        {
            int position = some.Position(one);
            Expect.That(found.ContainsKey(position), $"{what}, at {position}: expected it there, got none");
            Expect.Equal(one, found[position], $"{what}, at {position}");
        }
    }
}
