using System.Numerics;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>Removes the connections whose theta is below 0; the others move together and stay in order.</summary>
/// <param name="Layer">The connections.</param>
public readonly record struct PruneNegative(SparseMatrix Layer) : IKernel
{
    private static readonly Pieces _plain = new("prune-negative plain");
    private static readonly Pieces _velocity = new("prune-negative velocity");

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
        return (Layer.Velocity.IsPresent ? _velocity : _plain).Of(count, unmoved, kept - unmoved);
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

    private sealed class Pieces(string function)
    {
        private readonly WorkCounts _call = MachineCode.Of(function, "call");
        private readonly WorkCounts _before = MachineCode.Of(function, "before");
        private readonly WorkCounts _any = MachineCode.Of(function, "some");
        private readonly WorkCounts _anyBehind = MachineCode.Of(function, "gap");
        private readonly WorkCounts _removed = MachineCode.Of(function, "removed");
        private readonly WorkCounts _moved = MachineCode.Of(function, "moved");

        /// <param name="count">The entries.</param>
        /// <param name="before">Those before the first that goes.</param>
        /// <param name="moved">Those behind it that stay.</param>
        public WorkCounts Of(int count, int before, int moved)
        {
            WorkCounts start = _call + (_before * before);
            int behind = count - before - 1;
            return behind < 0 ? start
                : behind == 0 ? start + _any
                : start + _any + _anyBehind + (_removed * (behind - moved)) + (_moved * moved);
        }
    }
}
