using System.Runtime.CompilerServices;

namespace NeuroHal.Kernels;

/// <summary>A sparse layer's entries as spans, for the time of a kernel call.</summary>
internal readonly ref struct SparseSpans
{
    private const int SignBit = 31;

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

    /// <summary>Theta with the sign applied: one exclusive-or of the sign bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Weight(int i)
    {
        uint sign = Signs[i >> 5] >> (i & 31) << SignBit;
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(Theta[i]) ^ sign);
    }

    /// <summary>The entry's place among all inputs times outputs, in the order in which entries are sorted.</summary>
    public int Position(int i) => (Rows[i] * _matrix.Inputs) + Columns[i];

    /// <summary>Copies an entry, all but its gradient, which is zero whenever entries move.</summary>
    public void Move(int from, int to)
    {
        Rows[to] = Rows[from];
        Columns[to] = Columns[from];
        Theta[to] = Theta[from];
        SetSign(to, (Signs[from >> 5] >> (from & 31)) & 1);
        if (!Velocity.IsEmpty)
        {
            Velocity[to] = Velocity[from];
        }
    }

    /// <summary>Writes a new entry with theta 0.</summary>
    public void Place(int to, int position, uint sign)
    {
        int row = position / _matrix.Inputs;
        Rows[to] = (ushort)row;
        Columns[to] = (ushort)(position - (row * _matrix.Inputs));
        Theta[to] = 0;
        SetSign(to, sign);
        if (!Velocity.IsEmpty)
        {
            Velocity[to] = 0;
        }
    }

    /// <summary>The work of <see cref="Move"/>.</summary>
    public WorkCounts MoveWork => Velocity.IsEmpty ? _move : _move + new WorkCounts { Load = 1, Store = 1 };

    /// <summary>The work of <see cref="Place"/>.</summary>
    public WorkCounts PlaceWork => Velocity.IsEmpty ? _place : _place + new WorkCounts { Store = 1 };

    private void SetSign(int i, uint sign)
    {
        uint bit = 1u << (i & 31);
        ref uint word = ref Signs[i >> 5];
        word = (word & ~bit) | ((0u - sign) & bit);
    }

    // Index, index, theta; the sign's word is read twice and written once, with shifts and masks.
    private static readonly WorkCounts _move = new() { Load = 5, Store = 4, IntegerAlu = 8 };

    private static readonly WorkCounts _place = new() { Load = 1, Store = 4, IntegerAlu = 7, IntegerDivide = 1 };
}
