namespace NeuroHal.Calibration.Cases;

/// <summary>The cases of all kernels.</summary>
internal static class AllCases
{
    private const int QuickCases = 3;

    /// <param name="seed">What the drawn shapes are drawn by.</param>
    /// <param name="quick">The first few of each kernel only.</param>
    public static IReadOnlyList<KernelCase> Of(int seed, bool quick)
    {
        IEnumerable<KernelCase>[] kernels =
        [
            ReluCases.Of(new Contents(seed, "sizes")),
        ];
        return [.. kernels.SelectMany(cases => quick ? cases.Take(QuickCases) : cases)];
    }

}
