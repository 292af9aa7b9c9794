using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Removes the connections whose theta is below 0; the others move together and stay in order.</summary>
/// <param name="Layer">The connections.</param>
public readonly record struct PruneNegative(SparseMatrix Layer) : IKernel
{
    // Theta as an integer: its sign bit decides.
    private static readonly WorkCounts _perEntry =
        new WorkCounts { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "prune-negative";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        int count = layer.Count;
        int kept = FirstDoomed(layer.Theta[..count], 0);
        int unmoved = kept;
        for (int i = kept; i < count;)
        {
            // Entry i goes; those after it, up to the next that goes, close the gap together.
            int next = FirstDoomed(layer.Theta[..count], i + 1);
            layer.Move(i + 1, kept, next - i - 1);
            kept += next - i - 1;
            i = next;
        }
        layer.Count = kept;
        return (_perEntry * count) + (layer.MoveWork * (kept - unmoved));
    }

    /// <summary>The first entry from <paramref name="start"/> on that is not at least 0, or the end.</summary>
    private static int FirstDoomed(Span<float> theta, int start)
    {
        for (; start <= theta.Length - Vector512<float>.Count; start += Vector512<float>.Count)
        {
            ulong kept = Vector512.GreaterThanOrEqual(Vector512.Create<float>(theta[start..]), Vector512<float>.Zero).ExtractMostSignificantBits();
            int run = BitOperations.TrailingZeroCount(~kept);
            if (run < Vector512<float>.Count)
            {
                return start + run;
            }
        }
        while (start < theta.Length && theta[start] >= 0)
        {
            start++;
        }
        return start;
    }
}
