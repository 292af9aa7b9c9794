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
        int unmoved = FirstDoomed(layer.Theta[..count]);
        int kept = CloseGaps(layer, unmoved, count);
        layer.Count = kept;
        return (Layer.Velocity.IsPresent ? _velocity : _plain).Of(count, unmoved, kept - unmoved);
    }

    /// <summary>The first entry that is not at least 0, or the end.</summary>
    private static int FirstDoomed(Span<float> theta)
    {
        int start = 0;
        for (; start <= theta.Length - Vector512<float>.Count; start += Vector512<float>.Count)
        {
            int run = BitOperations.TrailingZeroCount(~Stay(Vector512.Create<float>(theta[start..])));
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

    /// <summary>Moves the entries that stay together, from one that goes on.</summary>
    /// <returns>How many there are then.</returns>
    private static int CloseGaps(SparseSpans layer, int first, int count)
    {
        int kept = first / Bits.WordBits * Bits.WordBits;
        for (int i = kept; i < count; i += Bits.WordBits)
        {
            Span<float> theta = layer.Theta[i..Math.Min(i + Bits.WordBits, count)];
            kept = layer.Close(i, theta.Length, Stay(theta), kept);
        }
        return kept;
    }

    /// <summary>A bit for each of up to 32 entries, set where it is at least 0.</summary>
    private static uint Stay(Span<float> theta)
    {
        if (theta.Length == Bits.WordBits)
        {
            return (uint)(Stay(Vector512.Create<float>(theta)) | (Stay(Vector512.Create<float>(theta[Vector512<float>.Count..])) << Vector512<float>.Count));
        }
        uint stay = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            stay |= theta[i] >= 0 ? 1u << i : 0;
        }
        return stay;
    }

    private static ulong Stay(Vector512<float> theta) => Vector512.GreaterThanOrEqual(theta, Vector512<float>.Zero).ExtractMostSignificantBits();

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
