using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Ends a step back: adds the parts of the errors that other cores computed, in the order given, and sets to 0 what
/// belongs to an activation that is not positive (the derivative of the ReLU).
/// </summary>
/// <param name="Error">This core's parts; overwritten by dE/d(sum).</param>
/// <param name="Parts">The other cores' parts, [cores][length of <paramref name="Error"/>]; default for none.</param>
/// <param name="Activation">The activations after the ReLU, as many as errors.</param>
public readonly record struct SumErrors(
    SramRange<float> Error, SramRange<float> Parts, SramRange<float> Activation) : IKernel
{
    private static readonly WorkCounts _call = MachineCode.Of("sum-errors", "call");
    private static readonly WorkCounts _zero = MachineCode.Of("sum-errors", "zero");
    private static readonly WorkCounts _own = MachineCode.Of("sum-errors", "own");
    private static readonly WorkCounts _shared = MachineCode.Of("sum-errors", "shared");
    private static readonly WorkCounts _part = MachineCode.Of("sum-errors", "part");

    /// <inheritdoc/>
    public string Name => "sum-errors";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> error = sram.Span(Error);
        ReadOnlySpan<float> activation = sram.Span(Activation);
        ReadOnlySpan<float> parts = Parts.Length == 0 ? default : sram.Span(Parts);
        long active = Sum(error, parts, activation[..error.Length]);
        int others = error.Length == 0 ? 0 : parts.Length / error.Length;
        WorkCounts perActive = others == 0 ? _own : _shared + (_part * others);
        return _call + (_zero * (error.Length - active)) + (perActive * active);
    }

    /// <returns>How many activations are positive.</returns>
    private static long Sum(Span<float> error, ReadOnlySpan<float> parts, ReadOnlySpan<float> activation)
    {
        long active = 0;
        int i = 0;
        for (; i <= error.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512.Create<float>(error[i..]);
            for (int part = i; part < parts.Length; part += error.Length)
            {
                sum += Vector512.Create(parts[part..]);
            }
            Vector512<float> positive = Vector512.GreaterThan(Vector512.Create(activation[i..]), Vector512<float>.Zero);
            active += BitOperations.PopCount(positive.ExtractMostSignificantBits());
            (sum & positive).CopyTo(error[i..]);
        }
        for (; i < error.Length; i++)
        {
            float sum = error[i];
            for (int part = i; part < parts.Length; part += error.Length)
            {
                sum += parts[part];
            }
            error[i] = activation[i] > 0 ? sum : 0;
            active += activation[i] > 0 ? 1 : 0;
        }
        return active;
    }
}
