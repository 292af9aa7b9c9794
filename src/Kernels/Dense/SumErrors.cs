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
    // Activation as an integer: its sign decides; error loaded and stored.
    private static readonly WorkCounts _perError =
        new WorkCounts { Load = 2, Store = 1, IntegerAlu = 2, BranchNotTaken = 1 } + Loops.PerIteration;

    private static readonly WorkCounts _perPart = new() { Load = 1, IntegerAlu = 1, FloatAdd = 1 };

    /// <inheritdoc/>
    public string Name => "sum-errors";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<float> error = sram.Span(Error);
        ReadOnlySpan<float> activation = sram.Span(Activation);
        ReadOnlySpan<float> parts = Parts.Length == 0 ? default : sram.Span(Parts);
        Sum(error, parts, activation[..error.Length]);
        return (_perError * error.Length) + (_perPart * parts.Length);
    }

    private static void Sum(Span<float> error, ReadOnlySpan<float> parts, ReadOnlySpan<float> activation)
    {
        int i = 0;
        for (; i <= error.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512.Create<float>(error[i..]);
            for (int part = i; part < parts.Length; part += error.Length)
            {
                sum += Vector512.Create(parts[part..]);
            }
            (sum & Vector512.GreaterThan(Vector512.Create(activation[i..]), Vector512<float>.Zero)).CopyTo(error[i..]);
        }
        for (; i < error.Length; i++)
        {
            float sum = error[i];
            for (int part = i; part < parts.Length; part += error.Length)
            {
                sum += parts[part];
            }
            error[i] = activation[i] > 0 ? sum : 0;
        }
    }
}
