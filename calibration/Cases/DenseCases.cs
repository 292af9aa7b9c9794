using System.Globalization;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>The kernels on activations, errors and pixels.</summary>
internal static class DenseCases
{
    private const int Drawn = 4;
    private const int LargestDrawn = 2000;
    private const int MostDrawnLanes = 20;
    private const int MnistPixels = 784;

    public static IEnumerable<KernelCase> Relu(Contents sizes)
    {
        (int Count, double Negative)[] shapes =
        [
            (300, 0.5), (16, 0.5), (1200, 0.8), (300, 0), (300, 1), (4800, 0.5),
            .. Draw(() => (sizes.Between(1, LargestDrawn), sizes.Share())),
        ];
        return shapes.Select(s => Case("relu", $"{s.Count} values, {s.Negative:0.00} negative", (bench, contents) =>
            bench.Execute(new Relu(bench.Place("values", contents.Signed(s.Count, s.Negative))))));
    }

    public static IEnumerable<KernelCase> SumErrors(Contents sizes)
    {
        (int Count, int Cores, double Zero)[] shapes =
        [
            (300, 0, 0.5), (75, 3, 0.5), (1, 0, 0), (100, 0, 0.4), (4800, 0, 0.5), (300, 0, 0), (300, 0, 1), (16, 1, 0.5),
            .. Draw(() => (sizes.Between(1, LargestDrawn), sizes.Between(0, 3), sizes.Share())),
        ];
        return shapes.Select(s => Case("sum-errors", $"{s.Count} errors, {s.Cores} other cores, {s.Zero:0.00} zero", (bench, contents) =>
            bench.Execute(new SumErrors(
                bench.Place("error", contents.Errors(s.Count, 0)),
                s.Cores == 0 ? default : (SramRange<float>)bench.Place("parts", contents.Errors(s.Count * s.Cores, 0)),
                bench.Place("activation", contents.Activations(s.Count, s.Zero))))));
    }

    public static IEnumerable<KernelCase> SoftmaxCrossEntropy(Contents sizes)
    {
        (int Classes, int Lanes, int Active, bool Counted)[] shapes =
        [
            (10, 1, 1, true), (10, 16, 16, true), (10, 3, 2, false), (10, 4, 4, true), (10, 8, 5, true), (2, 6, 6, true),
            (100, 1, 1, true), (10, 32, 20, true),
            .. Draw(() => (sizes.Between(2, 30), sizes.Between(1, MostDrawnLanes), sizes.Either()))
                .Select(d => (d.Item1, d.Item2, sizes.Between(1, d.Item2), d.Item3)),
        ];
        return shapes.Select(s => Case(
            "softmax-cross-entropy",
            $"{s.Classes} classes, {s.Active} of {s.Lanes} lane{(s.Lanes == 1 ? "" : "s")}{(s.Counted ? "" : ", no tally")}",
            (bench, contents) => bench.Execute(new SoftmaxCrossEntropy(
                bench.Place("sums", Sums(contents, s.Classes * s.Lanes)),
                bench.Place("records", contents.Records(s.Lanes, MnistPixels, s.Classes)),
                bench.Empty<float>("error", s.Classes * s.Lanes),
                s.Counted ? bench.Place("tally", new Tally { Samples = 7, Correct = 3, Loss = 1.5f }) : default,
                new BatchShape(MnistPixels, s.Lanes, s.Active),
                1f / s.Lanes))));
    }

    public static IEnumerable<KernelCase> Classify(Contents sizes)
    {
        (int Classes, int Lanes, int Active)[] shapes =
        [
            (10, 1, 1), (10, 16, 16), (10, 3, 2), (10, 4, 4), (10, 8, 5), (2, 6, 6), (100, 1, 1),
            .. Draw(() => (sizes.Between(2, 30), sizes.Between(1, MostDrawnLanes))).Select(d => (d.Item1, d.Item2, sizes.Between(1, d.Item2))),
        ];
        return shapes.Select(s => Case("classify", $"{s.Classes} classes, {s.Active} of {s.Lanes} lane{(s.Lanes == 1 ? "" : "s")}", (bench, contents) =>
            bench.Execute(new Classify(
                bench.Place("sums", Sums(contents, s.Classes * s.Lanes)),
                bench.Place("records", contents.Records(s.Lanes, MnistPixels, s.Classes)),
                bench.Place("tally", new Tally { Samples = 7, Correct = 3 }),
                new BatchShape(MnistPixels, s.Lanes, s.Active)))));
    }

    public static IEnumerable<KernelCase> InterleavePixels(Contents sizes)
    {
        (int Pixels, int Lanes, int Active)[] shapes =
        [
            (784, 16, 16), (64, 4, 4), (784, 3, 2), (784, 8, 8), (64, 6, 6), (784, 16, 5), (1, 4, 3),
            .. Draw(() => (sizes.Between(1, MnistPixels), sizes.Between(2, MostDrawnLanes))).Select(d => (d.Item1, d.Item2, sizes.Between(1, d.Item2))),
        ];
        return shapes.Select(s => Case("interleave-pixels", $"{s.Pixels} pixels, {s.Active} of {s.Lanes} lane{(s.Lanes == 1 ? "" : "s")}", (bench, contents) =>
            bench.Execute(new InterleavePixels(
                bench.Place("records", contents.Records(s.Lanes, s.Pixels, 10)),
                bench.Empty<byte>("input", s.Pixels * s.Lanes),
                s.Lanes,
                s.Active))));
    }

    public static IEnumerable<KernelCase> FillNormal(Contents sizes) =>
        Counts(sizes).Select(count => Case("fill-normal", $"{count} numbers", (bench, contents) =>
            bench.Execute(new FillNormal(bench.Empty<float>("destination", count), bench.Streams(contents), 0.25f))));

    public static IEnumerable<KernelCase> FillUniform(Contents sizes) =>
        Counts(sizes).Select(count => Case("fill-uniform", $"{count} numbers", (bench, contents) =>
            bench.Execute(new FillUniform(bench.Empty<float>("destination", count), bench.Streams(contents)))));

    private static int[] Counts(Contents sizes) => [300, 16, 17, 1, 2352, 100, .. Draw(() => sizes.Between(1, LargestDrawn))];

    private static float[] Sums(Contents contents, int count) => [.. contents.Signed(count, 0.5).Select(v => v * 6)];

    private static IEnumerable<T> Draw<T>(Func<T> one) => Enumerable.Range(0, Drawn).Select(_ => one());

    private static KernelCase Case(string kernel, FormattableString shape, Action<Workbench, Contents> prepare) =>
        new(kernel, shape.ToString(CultureInfo.InvariantCulture), prepare);
}
