namespace NeuroHal.Kernels;

/// <summary>
/// Removes a fraction of the connections, those of the smallest absolute theta, as sparse evolutionary training does
/// (Mocanu et al., "Scalable training of artificial neural networks with adaptive sparse connectivity inspired by
/// network science", Nature Communications 2018).
/// </summary>
/// <param name="Layer">The connections.</param>
/// <param name="Fraction">What share to remove, 0 to 1; rounded down to whole connections.</param>
public readonly record struct PruneSmallest(SparseMatrix Layer, float Fraction) : IKernel
{
    private const uint Magnitude = 0x7FFFFFFF;
    private const int MagnitudeBits = 31;

    private static readonly Pieces _plain = new("prune-smallest plain");
    private static readonly Pieces _velocity = new("prune-smallest velocity");

    /// <inheritdoc/>
    public string Name => "prune-smallest";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        int count = layer.Count;
        int doomed = (int)(count * Fraction);
        Pieces pieces = Layer.Velocity.IsPresent ? _velocity : _plain;
        if (doomed == 0)
        {
            return pieces.Call;
        }
        uint threshold = Rank(layer.Theta[..count], doomed);
        int below = CountBelow(layer.Theta[..count], threshold);
        int ties = doomed - below;
        int kept = 0;
        long moved = 0;
        for (int i = 0; i < count; i++)
        {
            uint size = Size(layer.Theta[i]);
            bool remove = size < threshold || (size == threshold && ties-- > 0);
            if (!remove)
            {
                if (i != kept)
                {
                    layer.Copy(i, kept);
                    Bits.Write(layer.Signs, kept, 1, Bits.Read(layer.Signs, i, 1));
                    moved++;
                }
                kept++;
            }
        }
        layer.Count = kept;
        return pieces.Call + pieces.Any + (pieces.Entry * count) + (pieces.Below * below) + (pieces.Moved * moved);
    }

    /// <summary>
    /// The n-th smallest magnitude, found bit by bit: floats of one sign are ordered as their bits are, so no sorting
    /// and no memory is needed.
    /// </summary>
    private static uint Rank(Span<float> theta, int n)
    {
        uint found = 0;
        for (int bit = MagnitudeBits - 1; bit >= 0; bit--)
        {
            uint candidate = found | (1u << bit);
            if (CountBelow(theta, candidate) < n)
            {
                found = candidate;
            }
        }
        return found;
    }

    private static int CountBelow(Span<float> theta, uint limit)
    {
        int below = 0;
        foreach (float value in theta)
        {
            below += Size(value) < limit ? 1 : 0;
        }
        return below;
    }

    private static uint Size(float value) => BitConverter.SingleToUInt32Bits(value) & Magnitude;

    private sealed class Pieces(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Any = MachineCode.Of(function, "some");
        public readonly WorkCounts Entry = MachineCode.Of(function, "entry");
        public readonly WorkCounts Below = MachineCode.Of(function, "below");
        public readonly WorkCounts Moved = MachineCode.Of(function, "moved");
    }
}
