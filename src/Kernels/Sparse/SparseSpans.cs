using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    public int Inputs => _matrix.Inputs;

    public int Outputs => _matrix.Outputs;

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

    /// <summary>Makes sure that all columns are inputs that the layer has: what lies there can be read without another look.</summary>
    /// <exception cref="InvalidOperationException">One is none of them: the memory was corrupted.</exception>
    public void CheckColumns() => Check(Columns[..Count], Inputs, "input");

    /// <summary>Makes sure that all rows are outputs that the layer has.</summary>
    /// <exception cref="InvalidOperationException">One is none of them: the memory was corrupted.</exception>
    public void CheckRows() => Check(Rows[..Count], Outputs, "output");

    /// <summary>The entry's place among all inputs times outputs, in the order in which entries are sorted.</summary>
    public int Position(int i) => (Rows[i] * _matrix.Inputs) + Columns[i];

    /// <summary>How many free positions there are before each of sixteen entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> FreeBefore(int first)
    {
        (Vector256<uint> lowRows, Vector256<uint> highRows) = Vector256.Widen(Vector256.Create<ushort>(Rows.Slice(first, Sixteen)));
        (Vector256<uint> lowColumns, Vector256<uint> highColumns) = Vector256.Widen(Vector256.Create<ushort>(Columns.Slice(first, Sixteen)));
        Vector512<int> rows = Vector512.Create(lowRows, highRows).AsInt32();
        Vector512<int> columns = Vector512.Create(lowColumns, highColumns).AsInt32();
        return (rows * _matrix.Inputs) + columns - (Vector512<int>.Indices + Vector512.Create(first));
    }

    /// <summary>Copies an entry, all but its sign, and its gradient, which is zero whenever entries move.</summary>
    public void Copy(int from, int to)
    {
        Rows[to] = Rows[from];
        Columns[to] = Columns[from];
        Theta[to] = Theta[from];
        if (!Velocity.IsEmpty)
        {
            Velocity[to] = Velocity[from];
        }
    }

    /// <summary>Moves those of up to 32 entries together that stay, signs and all.</summary>
    /// <param name="first">The first of the entries, a multiple of 32.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="stay">A bit for each, set where it stays.</param>
    /// <param name="to">Where they go, at most <paramref name="first"/>.</param>
    /// <returns>Behind them.</returns>
    [MethodImpl(HotLoop.Options)]
    public int Close(int first, int count, uint stay, int to)
    {
        uint signs = Bits.Gather(Signs[first / Bits.WordBits], stay);
        Bits.Write(Signs, to, BitOperations.PopCount(stay), signs);
        int at = 0;
        for (; at <= count - Sixteen; at += Sixteen)
        {
            uint staying = (ushort)(stay >> at);
            CopySixteen(first + at, to, EntryOrder.ToClose(staying));
            to += BitOperations.PopCount(staying);
        }
        for (; at < count; at++)
        {
            if ((stay >> at & 1) != 0)
            {
                Copy(first + at, to++);
            }
        }
        return to;
    }

    /// <summary>Moves entries to up to 32 places, signs and all, so that there is room between them.</summary>
    /// <param name="first">The first of the places, a multiple of 32.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="gaps">A bit for each, set where nothing comes.</param>
    /// <param name="from">Behind the last entry to be moved.</param>
    /// <returns>The first that was moved.</returns>
    [MethodImpl(HotLoop.Options)]
    public int Open(int first, int count, uint gaps, int from)
    {
        uint places = Bits.Lowest(count);
        uint taken = places & ~gaps;
        int moved = BitOperations.PopCount(taken);
        uint signs = Bits.Scatter(Bits.Read(Signs, from - moved, moved), taken);
        ref uint word = ref Signs[first / Bits.WordBits];
        word = (word & ~places) | signs;
        int at = count;
        while (at % Sixteen != 0)
        {
            at--;
            if ((taken >> at & 1) != 0)
            {
                Copy(--from, first + at);
            }
        }
        while (at > 0)
        {
            at -= Sixteen;
            uint free = (ushort)(gaps >> at);
            from -= Sixteen - BitOperations.PopCount(free);
            CopySixteen(from, first + at, EntryOrder.ToOpen(free));
        }
        return from;
    }

    /// <summary>Writes a new entry with theta 0, but for its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Place(int to, int position)
    {
        int row = position / _matrix.Inputs;
        Rows[to] = (ushort)row;
        Columns[to] = (ushort)(position - (row * _matrix.Inputs));
        Theta[to] = 0;
        if (!Velocity.IsEmpty)
        {
            Velocity[to] = 0;
        }
    }

    /// <summary>
    /// Copies sixteen entries in another order, all but their signs. Where they come from and where they go may overlap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopySixteen(int from, int to, Vector128<byte> order)
    {
        Vector256<ushort> halves = Vector256.WidenLower(order.ToVector256Unsafe());
        Vector512<int> words = Vector512.WidenLower(halves.ToVector512Unsafe()).AsInt32();
        Move(Rows, from, to, halves);
        Move(Columns, from, to, halves);
        Move(Theta, from, to, words);
        if (!Velocity.IsEmpty)
        {
            Move(Velocity, from, to, words);
        }
    }

    /// <summary>Not by <see cref="MemoryExtensions"/>, whose search looks at each vector by itself to end early, and takes longer.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Check(Span<ushort> indices, int below, string what)
    {
        ref ushort start = ref MemoryMarshal.GetReference(indices);
        Vector512<ushort> most = Vector512<ushort>.Zero;
        int i = 0;
        for (; i <= indices.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            most = Vector512.Max(most, Vector512.LoadUnsafe(ref start, (nuint)i));
        }
        bool isWrong = below == 0 ? !indices.IsEmpty : Vector512.GreaterThanAny(most, Vector512.Create((ushort)(below - 1)));
        for (; i < indices.Length; i++)
        {
            isWrong |= indices[i] >= below;
        }
        if (isWrong)
        {
            throw new InvalidOperationException($"A connection's {what} is none of the layer's {below}.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(Span<ushort> list, int from, int to, Vector256<ushort> order)
    {
        Vector256<ushort> moved = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref Sixteenth(list, from)), order);
        moved.StoreUnsafe(ref Sixteenth(list, to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(Span<float> list, int from, int to, Vector512<int> order)
    {
        Vector512<float> moved = Vector512.ShuffleNative(Vector512.LoadUnsafe(ref Sixteenth(list, from)), order);
        moved.StoreUnsafe(ref Sixteenth(list, to));
    }

    /// <summary>The first of sixteen elements that are all in the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Sixteenth<T>(Span<T> list, int first)
    {
        _ = list[first + Sixteen - 1];
        return ref list[first];
    }
}
