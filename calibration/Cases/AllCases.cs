namespace NeuroHal.Calibration.Cases;

/// <summary>The cases of all kernels.</summary>
internal static class AllCases
{
    private const int QuickCases = 3;

    private static readonly Func<Contents, IEnumerable<KernelCase>>[] _kernels =
    [
        LayerCases.ForwardPixels,
        LayerCases.Forward,
        LayerCases.Backward,
        LayerCases.GradientPixels,
        LayerCases.Gradient,
        LayerCases.UpdatePixels,
        LayerCases.Update,
        LayerCases.UpdateStored,
        RewiringCases.PruneNegative,
        RewiringCases.PruneSmallest,
        RewiringCases.InsertAtFree,
        RewiringCases.InitialiseTheta,
        DenseCases.Relu,
        DenseCases.SumErrors,
        DenseCases.SoftmaxCrossEntropy,
        DenseCases.Classify,
        DenseCases.InterleavePixels,
        DenseCases.FillNormal,
        DenseCases.FillUniform,
    ];

    /// <param name="seed">What the drawn shapes are drawn by.</param>
    /// <param name="quick">The first few of each kernel only.</param>
    public static IReadOnlyList<KernelCase> Of(int seed, bool quick) =>
        [.. _kernels.SelectMany(cases => cases(new Contents(seed, cases.Method.Name)).Take(quick ? QuickCases : int.MaxValue))];
}
