namespace NeuroHal.Contracts.Tests;

/// <summary>One step of the delta rule (Widrow and Hoff, 1960): weights += rate * (target - weights . inputs) * inputs.</summary>
/// <param name="Sample">The inputs, then the target.</param>
/// <param name="Weights">One for each input.</param>
/// <param name="Rate">The learning rate.</param>
internal readonly record struct DeltaRule(SramBuffer<float> Sample, SramBuffer<float> Weights, float Rate) : IKernel
{
    public string Name => "delta-rule";

    public WorkCounts Run(SramView sram)
    {
        Span<float> sample = sram.Span(Sample);
        Span<float> weights = sram.Span(Weights);
        float output = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            output = MathF.FusedMultiplyAdd(weights[i], sample[i], output);
        }
        float step = Rate * (sample[^1] - output);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = MathF.FusedMultiplyAdd(step, sample[i], weights[i]);
        }

        // Both loops load two numbers and count, compare and branch; the second also stores one.
        var perWeight = new WorkCounts { Load = 4, FloatMultiplyAdd = 2, Store = 1, IntegerAlu = 4, BranchTaken = 2 };
        return (perWeight * weights.Length) + new WorkCounts { Load = 1, FloatAdd = 1, FloatMultiply = 1 };
    }
}
