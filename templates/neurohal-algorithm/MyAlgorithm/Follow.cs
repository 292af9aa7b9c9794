using NeuroHal;

namespace MyAlgorithm;

/// <summary>Moves each mean a part of the way to a sample: mean += rate * (sample - mean).</summary>
/// <param name="Sample">What is shown.</param>
/// <param name="Mean">As many means.</param>
/// <param name="Rate">The part of the way, 0 to 1.</param>
public readonly record struct Follow(SramBuffer<float> Sample, SramBuffer<float> Mean, float Rate) : IKernel
{
    // As a Cortex-M4F would: two loads, subtract, multiply-add, store, and the loop.
    private static readonly WorkCounts _perElement =
        new() { Load = 2, FloatAdd = 1, FloatMultiplyAdd = 1, Store = 1, IntegerAlu = 1, BranchTaken = 1 };

    /// <inheritdoc/>
    public string Name => "follow";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> sample = sram.Span(Sample);
        Span<float> mean = sram.Span(Mean);
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = MathF.FusedMultiplyAdd(Rate, sample[i] - mean[i], mean[i]);
        }
        return _perElement * mean.Length;
    }
}
