namespace NeuroHal.Calibration.Cases;

/// <summary>The numbers of <c>enum kernel</c> in calls.c.</summary>
internal enum FirmwareKernel : uint
{
    Relu = 1,
    SumErrors,
    SoftmaxCrossEntropy,
    Classify,
    InterleavePixels,
    FillNormal,
    FillUniform,
    InitialiseTheta,
    PruneNegative,
    PruneSmallest,
    InsertAtFree,
    SparseForward,
    SparseForwardPixels,
    SparseBackward,
    SparseGradient,
    SparseGradientPixels,
    SparseUpdate,
    SparseUpdatePixels,
    SparseUpdateStored,

    /// <summary>Not a kernel but a whole training.</summary>
    DeepR = 100,
}
