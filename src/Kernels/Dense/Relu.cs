namespace NeuroHal.Kernels;

/// <summary>Replaces each negative value by 0.</summary>
/// <param name="Values">Any number of values.</param>
public readonly record struct Relu(SramRange<float> Values) : IKernel
{
    // The value as an integer: its sign bit decides, the store is skipped where nothing changes.
    private static readonly WorkCounts _perValue =
        new WorkCounts { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "relu";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> values = sram.Span(Values);
        long negative = 0;
        foreach (ref float value in values)
        {
            if (value < 0)
            {
                value = 0;
                negative++;
            }
        }
        return (_perValue * values.Length) + (new WorkCounts { Store = 1 } * negative);
    }
}
