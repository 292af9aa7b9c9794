using System.Globalization;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>Sizes and shares of negative values.</summary>
internal static class ReluCases
{
    private const int Drawn = 4;
    private const int LargestDrawn = 2000;

    public static IEnumerable<KernelCase> Of(Contents sizes)
    {
        (int Count, double Negative)[] shapes =
        [
            (300, 0.5), (16, 0.5), (1200, 0.8), (300, 0), (300, 1), (4800, 0.5),
            .. Enumerable.Range(0, Drawn).Select(_ => (sizes.Between(1, LargestDrawn), sizes.Share())),
        ];
        return shapes.Select(s => new KernelCase(
            "relu",
            string.Create(CultureInfo.InvariantCulture, $"{s.Count} values, {s.Negative:0.00} negative"),
            (bench, contents) => bench.Execute(new Relu(bench.Place("values", contents.Signed(s.Count, s.Negative))))));
    }
}
