using System.Globalization;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>The kernels that give a layer connections and take them away.</summary>
internal static class RewiringCases
{
    private const int Drawn = 4;
    private const int ScratchRanks = 128;

    public static IEnumerable<KernelCase> InitialiseTheta(Contents sizes)
    {
        LayerShape[] shapes =
        [
            LayerShape.First, LayerShape.Small, LayerShape.Dense, LayerShape.Second, LayerShape.Third,
            LayerShape.Second with { Connections = 449 },
            .. Draw(() => LayerShape.Drawn(sizes)),
        ];
        return shapes.Select(s => Case("initialise-theta", $"{s}", (bench, contents) =>
            bench.Execute(new InitialiseTheta(bench.Layer(s, contents), bench.Streams(contents), 0.05f))));
    }

    public static IEnumerable<KernelCase> PruneNegative(Contents sizes)
    {
        (LayerShape Layer, double Negative)[] shapes =
        [
            (LayerShape.First, 0.02), (LayerShape.Second with { Velocity = true }, 0.05), (LayerShape.Small, 0.3),
            (LayerShape.Second, 0.02), (LayerShape.Third, 0.05), (LayerShape.First, 0), (LayerShape.Third, 1), (LayerShape.Dense, 0.5),
            (LayerShape.First with { Velocity = true }, 0.3),
            .. Draw(() => (LayerShape.Drawn(sizes) with { Velocity = sizes.Either() }, sizes.Share())),
        ];
        return shapes.Select(s => Case("prune-negative", $"{s.Layer}, {s.Negative:0.00} negative", (bench, contents) =>
            bench.Execute(new PruneNegative(Theta(bench, contents, s.Layer, s.Negative)))));
    }

    public static IEnumerable<KernelCase> PruneSmallest(Contents sizes)
    {
        (LayerShape Layer, float Fraction)[] shapes =
        [
            (LayerShape.Third, 0.3f), (LayerShape.Second with { Velocity = true }, 0.1f), (LayerShape.Small, 0.5f),
            (LayerShape.First, 0.3f), (LayerShape.Second, 0.3f), (LayerShape.Third, 1), (LayerShape.Dense, 0.5f),
            .. Draw(() => (LayerShape.Drawn(sizes) with { Velocity = sizes.Either() }, (float)sizes.Share())),
        ];
        return shapes.Select(s => Case("prune-smallest", $"{s.Layer}, {s.Fraction:0.00} pruned", (bench, contents) =>
            bench.Execute(new PruneSmallest(Theta(bench, contents, s.Layer, 0.5), s.Fraction))))
            .Append(Case("prune-smallest", $"{LayerShape.Second}, all equal, 0.30 pruned", (bench, contents) =>
            {
                SparseMatrix layer = bench.Layer(LayerShape.Second, contents);
                bench.Fill(layer.Theta, [.. Enumerable.Repeat(0.5f, layer.Capacity)]);
                bench.Execute(new PruneSmallest(layer, 0.3f));
            }));
    }

    public static IEnumerable<KernelCase> InsertAtFree(Contents sizes)
    {
        (LayerShape Layer, int Scratch)[] shapes =
        [
            (LayerShape.First with { Connections = 2300 }, ScratchRanks),
            (LayerShape.Second with { Connections = 880, Velocity = true }, ScratchRanks),
            (LayerShape.Small with { Connections = 0 }, 4),
            (LayerShape.Third with { Connections = 290 }, ScratchRanks),
            (LayerShape.Second with { Connections = 885 }, ScratchRanks),
            (LayerShape.First with { Connections = 0 }, ScratchRanks),
            (LayerShape.Second with { Connections = 0, Velocity = true }, ScratchRanks),
            (LayerShape.Third with { Connections = 300 }, ScratchRanks),
            (new LayerShape(5, 4, 40) { Connections = 7 }, 1),
            .. Draw(() => LayerShape.Drawn(sizes)).Select(s =>
                (s with { Connections = sizes.Between(0, s.Capacity), Velocity = sizes.Either() }, sizes.Pick(1, 16, ScratchRanks))),
        ];
        return shapes.Select(s => Case("insert-at-free", $"{s.Layer}, {s.Scratch} at a time", (bench, contents) =>
            bench.Execute(new InsertAtFree(
                bench.Layer(s.Layer, contents), bench.Stream(contents), bench.Empty<uint>("scratch", s.Scratch)))));
    }

    private static SparseMatrix Theta(Workbench bench, Contents contents, LayerShape shape, double negative)
    {
        SparseMatrix layer = bench.Layer(shape, contents);
        bench.Fill(layer.Theta, contents.Signed(layer.Capacity, negative));
        return layer;
    }

    private static IEnumerable<T> Draw<T>(Func<T> one) => Enumerable.Range(0, Drawn).Select(_ => one());

    private static KernelCase Case(string kernel, FormattableString shape, Action<Workbench, Contents> prepare) =>
        new(kernel, shape.ToString(CultureInfo.InvariantCulture), prepare);
}
