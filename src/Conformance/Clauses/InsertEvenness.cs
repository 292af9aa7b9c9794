using NeuroHal.Conformance.Trials;
using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Clauses;

/// <summary>
/// Whether new connections come evenly: over some rounds each region of a layer gets its share by free positions, and half of
/// them are negative. A place that is preferred shows, and so does a round that repeats the draws of the last one.
/// </summary>
internal static class InsertEvenness
{
    private const int Rounds = 6;
    private const int Regions = 32;
    private const double Limit = 80; // chi-square with 31 degrees of freedom: by chance one in 300,000

    private static readonly Shape _shape = new(Trial.Count, 64, 48, 1, 1, 200, 800);

    public static void Check(DeviceBench bench)
    {
        var dice = new Dice(Trial.Seed + Trial.Count);
        Layer before = Layer.Roll(dice, _shape).WithoutVelocity();
        HashSet<int> taken = [.. before.Connections.Select(before.Position)];
        try
        {
            Connection[] added =
                [.. Insert(bench.Open(), before, dice.Words(Xoshiro128.StateWords)).Where(c => !taken.Contains(before.Position(c)))];
            ExpectRegions(added, taken);
            ExpectSigns(added);
        }
        catch (SramExhaustedException)
        {
            // Too small a core; the trials say what can be said.
        }
    }

    /// <summary>The connections after each round, all of which start alike but for the state of the stream.</summary>
    private static List<Connection> Insert(IDevice device, Layer before, uint[] state)
    {
        List<Connection> seen = [];
        for (int round = 0; round < Rounds; round++)
        {
            using var core = new Workbench(device);
            SparseMatrix matrix = before.Place(core);
            SramBuffer<uint> random = core.Place("random", state);
            core.Run(new InsertAtFree(matrix, random, core.Place("scratch", new uint[40])));
            seen.AddRange(before.After(core, matrix).Connections);
            state = core.Read(random);
        }
        return seen;
    }

    private static void ExpectRegions(Connection[] added, HashSet<int> taken)
    {
        var free = new int[Regions];
        for (int position = 0; position < _shape.Inputs * _shape.Outputs; position++)
        {
            free[Region(position / _shape.Inputs, position % _shape.Inputs)] += taken.Contains(position) ? 0 : 1;
        }
        ILookup<int, Connection> byRegion = added.ToLookup(c => Region(c.Row, c.Column));
        double chiSquare = free.Select((positions, region) =>
        {
            double expected = added.Length * (double)positions / free.Sum();
            double off = byRegion[region].Count() - expected;
            return off * off / expected;
        }).Sum();
        Expect.That(
            chiSquare <= Limit,
            $"chi-square of {added.Length} new connections over {Regions} regions of {_shape}: expected at most {Limit}, got {chiSquare:F1}");
    }

    private static void ExpectSigns(Connection[] added)
    {
        int negative = added.Count(c => c.Negative);
        double bound = 5 * Math.Sqrt(added.Length) / 2;
        Expect.That(
            Math.Abs(negative - (added.Length / 2.0)) <= bound,
            $"negative ones of {added.Length} new connections: expected {added.Length / 2}, got {negative}, bound {bound:F0}");
    }

    /// <summary>Eight regions across and four down.</summary>
    private static int Region(int row, int column) => (row / 12 * 8) + (column / 8);
}
