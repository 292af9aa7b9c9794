using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Replaces each negative value by 0.</summary>
/// <param name="Values">Any number of values.</param>
public readonly record struct Relu(SramRange<float> Values) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("relu", "call");
    private static readonly WorkCounts _value = MachineCode.Of("relu", "value");
    private static readonly WorkCounts _negative = MachineCode.Of("relu", "negative");

    /// <inheritdoc/>
    public string Name => "relu";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> values = sram.Span(Values);
        long negative = Rectify(values);
        return _call + (_value * (values.Length - negative)) + (_negative * negative);
    }

    /// <returns>How many were negative.</returns>
    private static long Rectify(Span<float> values)
    {
        long negative = 0;
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        foreach (ref Vector512<float> vector in vectors)
        {
            Vector512<float> below = Vector512.LessThan(vector, Vector512<float>.Zero);
            negative += BitOperations.PopCount(below.ExtractMostSignificantBits());
            vector = Vector512.AndNot(vector, below);
        }
        foreach (ref float value in values[(vectors.Length * Vector512<float>.Count)..])
        {
            if (value < 0)
            {
                value = 0;
                negative++;
            }
        }
        return negative;
    }
}
