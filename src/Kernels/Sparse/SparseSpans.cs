using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>A sparse layer's entries as spans, for the time of a kernel call.</summary>
internal readonly ref struct SparseSpans
{
    /// <summary>Entries whose weights are made in one go: what fits a few lines of the host's cache.</summary>
    public const int Piece = 512;

    private const int Sixteen = 16;

    private readonly SparseMatrix _matrix;
    private readonly Span<ConnectionCount> _count;

    public SparseSpans(SparseMatrix matrix, SramView sram)
    {
        _matrix = matrix;
        _count = sram.Span(matrix.Count);
        Rows = sram.Span(matrix.Rows);
        Columns = sram.Span(matrix.Columns);
        Theta = sram.Span(matrix.Theta);
        Signs = sram.Span(matrix.Signs);
        Velocity = matrix.Velocity.IsPresent ? sram.Span(matrix.Velocity) : default;
        Gradient = matrix.Gradient.IsPresent ? sram.Span(matrix.Gradient) : default;
    }

    public Span<ushort> Rows { get; }

    public Span<ushort> Columns { get; }

    public Span<float> Theta { get; }

    public Span<uint> Signs { get; }

    public Span<float> Velocity { get; }

    public Span<float> Gradient { get; }

    public int Count
    {
        get => _count[0].Now;
        set => _count[0] = new ConnectionCount(value, Math.Max(value, _count[0].Peak));
    }

    /// <summary>Flips the sign of the elements whose bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WithSigns(Vector512<float> values, uint bits)
    {
        Vector512<uint> own = Vector512.Create(
            1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
            1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
        Vector512<uint> set = Vector512.Equals(Vector512.Create(bits) & own, own);
        return values ^ (set & Vector512.Create(0x80000000u)).AsSingle();
    }

    /// <summary>Theta with the sign applied, of some entries.</summary>
    /// <param name="first">The first of them, a multiple of 32.</param>
    /// <param name="weights">As many as are wanted, at most to the end of the layer.</param>
    [MethodImpl(HotLoop.Options)]
    public void Weights(int first, Span<float> weights)
    {
        Span<float> theta = Theta.Slice(first, weights.Length);
        int i = 0;
        for (; i <= weights.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            WithSigns(Vector512.Create<float>(theta[i..]), Signs[(first + i) >> 5] >> (i & 31)).CopyTo(weights[i..]);
        }
        for (; i < weights.Length; i++)
        {
            uint sign = Signs[(first + i) >> 5] >> (i & 31) << 31;
            weights[i] = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(theta[i]) ^ sign);
        }
    }

    /// <summary>The entry's place among all inputs times outputs, in the order in which entries are sorted.</summary>
    public int Position(int i) => (Rows[i] * _matrix.Inputs) + Columns[i];

    /// <summary>Of sixteen entries, those that have more than so many free positions before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> FreeBefore(int first, uint rank)
    {
        (Vector256<uint> lowRows, Vector256<uint> highRows) = Vector256.Widen(Vector256.Create<ushort>(Rows.Slice(first, Sixteen)));
        (Vector256<uint> lowColumns, Vector256<uint> highColumns) = Vector256.Widen(Vector256.Create<ushort>(Columns.Slice(first, Sixteen)));
        Vector512<int> rows = Vector512.Create(lowRows, highRows).AsInt32();
        Vector512<int> columns = Vector512.Create(lowColumns, highColumns).AsInt32();
        Vector512<int> free = (rows * _matrix.Inputs) + columns - (Vector512<int>.Indices + Vector512.Create(first));
        return Vector512.GreaterThan(free, Vector512.Create((int)rank));
    }

    /// <summary>
    /// Copies neighbouring entries, all but their gradients, which are zero whenever entries move. What lies between their
    /// old and their new place may be overwritten.
    /// </summary>
    public void Move(int from, int to, int length)
    {
        Bits.Move(Signs, from, to, length);

        // A short run that moves far is copied as sixteen entries, the others of which land in between.
        int first = to > from ? length - Sixteen : 0;
        if (length <= Sixteen && Math.Abs(to - from) >= Sixteen && from + first >= 0 && Math.Max(from, to) + first + Sixteen <= Rows.Length)
        {
            (from, to) = (from + first, to + first);
            Vector256.Create<ushort>(Rows.Slice(from, Sixteen)).CopyTo(Rows.Slice(to, Sixteen));
            Vector256.Create<ushort>(Columns.Slice(from, Sixteen)).CopyTo(Columns.Slice(to, Sixteen));
            Vector512.Create<float>(Theta.Slice(from, Sixteen)).CopyTo(Theta.Slice(to, Sixteen));
            if (!Velocity.IsEmpty)
            {
                Vector512.Create<float>(Velocity.Slice(from, Sixteen)).CopyTo(Velocity.Slice(to, Sixteen));
            }
            return;
        }
        Rows.Slice(from, length).CopyTo(Rows[to..]);
        Columns.Slice(from, length).CopyTo(Columns[to..]);
        Theta.Slice(from, length).CopyTo(Theta[to..]);
        if (!Velocity.IsEmpty)
        {
            Velocity.Slice(from, length).CopyTo(Velocity[to..]);
        }
    }

    /// <summary>Writes a new entry with theta 0.</summary>
    public void Place(int to, int position, uint sign)
    {
        int row = position / _matrix.Inputs;
        Rows[to] = (ushort)row;
        Columns[to] = (ushort)(position - (row * _matrix.Inputs));
        Theta[to] = 0;
        uint bit = 1u << (to & 31);
        ref uint word = ref Signs[to >> 5];
        word = (word & ~bit) | ((0u - sign) & bit);
        if (!Velocity.IsEmpty)
        {
            Velocity[to] = 0;
        }
    }
}
