using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal.Kernels;

/// <summary>
/// dE/d(weight) of connections: the output's error times the input's activation, summed over lanes in a fixed order that
/// depends on the number of lanes only.
/// </summary>
/// <typeparam name="T">The input: float activations, or 8-bit pixels.</typeparam>
internal readonly ref struct Gradients<T>
    where T : struct
{
    private const int Block = 16;

    private readonly Span<ushort> _rows;
    private readonly Span<ushort> _columns;
    private readonly Span<float> _error;
    private readonly Span<T> _input;
    private readonly int _lanes;

    public Gradients(SparseSpans layer, Span<float> error, Span<T> input, int lanes)
    {
        layer.CheckRows();
        layer.CheckColumns();
        _rows = layer.Rows[..layer.Count];
        _columns = layer.Columns[..layer.Count];
        _error = error[..(layer.Outputs * lanes)];
        _input = input[..(layer.Inputs * lanes)];
        _lanes = lanes;
    }

    /// <summary>Computes the gradients of the connections from <paramref name="first"/> on.</summary>
    /// <param name="first">The first connection.</param>
    /// <param name="gradients">One for each; there is to be room for a multiple of 16.</param>
    /// <param name="count">How many.</param>
    /// <returns>The connections whose activation was not zero, where there is one lane.</returns>
    public int Compute(int first, Span<float> gradients, int count)
    {
        Span<ushort> rows = _rows.Slice(first, count);
        Span<ushort> columns = _columns.Slice(first, count);
        if (_lanes == 1)
        {
            return ComputeOneLane(rows, columns, gradients);
        }
        if (_lanes % Lanes16.Count == 0)
        {
            ComputeLanes<Lanes16>(rows, columns, gradients);
        }
        else if (_lanes % Lanes8.Count == 0)
        {
            ComputeLanes<Lanes8>(rows, columns, gradients);
        }
        else if (_lanes % Lanes4.Count == 0)
        {
            ComputeLanes<Lanes4>(rows, columns, gradients);
        }
        else
        {
            ComputeLanes<Lanes1>(rows, columns, gradients);
        }
        return 0;
    }

    [MethodImpl(HotLoop.Options)]
    private int ComputeOneLane(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
    {
        ref T input = ref MemoryMarshal.GetReference(_input);
        ref float error = ref MemoryMarshal.GetReference(_error);
        int nonZero = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Lanes1 x = LayerInput<T>.Load<Lanes1>(ref Unsafe.Add(ref input, (nuint)columns[i]));
            gradients[i] = Lanes1.Sum(x) * LayerInput<T>.Scale * Unsafe.Add(ref error, (nuint)rows[i]);
            nonZero += Lanes1.AnyNonZero(x) ? 1 : 0;
        }
        return nonZero;
    }

    private void ComputeLanes<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        int blocks = TLanes.Count > 1 ? rows.Length & -Block : 0;
        if (_lanes == TLanes.Count)
        {
            ComputeBlocks<TLanes, OneRegister>(rows[..blocks], columns[..blocks], gradients);
        }
        else
        {
            ComputeBlocks<TLanes, Registers>(rows[..blocks], columns[..blocks], gradients);
        }
        ComputeEach<TLanes>(rows[blocks..], columns[blocks..], gradients[blocks..]);
    }

    /// <summary>Sixteen connections at a time.</summary>
    [MethodImpl(HotLoop.Options)]
    private void ComputeBlocks<TLanes, TWidth>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
        where TWidth : struct, IWidth
    {
        for (int i = 0; i < rows.Length; i += Block)
        {
            var products = new Products<TLanes, TWidth>(this, rows.Slice(i, Block), columns.Slice(i, Block));
            if (!Avx512F.IsSupported)
            {
                for (nuint j = 0; j < Block; j += 4)
                {
                    Vector128<float> sums = TransposedSum.Of(products.Fold(j), products.Fold(j + 1), products.Fold(j + 2), products.Fold(j + 3));
                    (sums * LayerInput<T>.Scale).CopyTo(gradients[(i + (int)j)..]);
                }
                continue;
            }
            // Four rows in each turn: more in one piece is more than the compiler inlines.
            Vector512<float> first = default;
            Vector512<float> second = default;
            Vector512<float> third = default;
            Vector512<float> fourth = default;
            for (nuint j = 0; j < 4; j++)
            {
                (first, second, third) = (second, third, fourth);
                fourth = TransposedSum.Fours<TLanes, Products<TLanes, TWidth>>(products, j);
            }
            (TransposedSum.Of(first, second, third, fourth) * LayerInput<T>.Scale).CopyTo(gradients[i..]);
        }
    }

    /// <summary>Connection by connection, each sum halves to halves.</summary>
    [MethodImpl(HotLoop.Options)]
    private void ComputeEach<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        var products = new Products<TLanes, Registers>(this, rows, columns);
        for (int i = 0; i < rows.Length; i++)
        {
            gradients[i] = TLanes.Sum(products.Row((nuint)i)) * LayerInput<T>.Scale;
        }
    }

    /// <summary>How many registers the lanes take.</summary>
    private interface IWidth
    {
        static abstract bool IsOne { get; }
    }

    private readonly struct OneRegister : IWidth
    {
        public static bool IsOne => true;
    }

    private readonly struct Registers : IWidth
    {
        public static bool IsOne => false;
    }

    /// <summary>The products of some connections, lane by lane; where lanes take several registers, their sum.</summary>
    private readonly ref struct Products<TLanes, TWidth>(Gradients<T> of, Span<ushort> rows, Span<ushort> columns)
        : ISixteen<TLanes>
        where TLanes : struct, ILanes<TLanes>
        where TWidth : struct, IWidth
    {
        private readonly ref float _error = ref MemoryMarshal.GetReference(of._error);
        private readonly ref T _input = ref MemoryMarshal.GetReference(of._input);
        private readonly ref ushort _rows = ref MemoryMarshal.GetReference(rows);
        private readonly ref ushort _columns = ref MemoryMarshal.GetReference(columns);
        private readonly nuint _lanes = TWidth.IsOne ? (nuint)TLanes.Count : (nuint)of._lanes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Row(nuint i)
        {
            ref float error = ref Unsafe.Add(ref _error, Unsafe.Add(ref _rows, i) * _lanes);
            ref T input = ref Unsafe.Add(ref _input, Unsafe.Add(ref _columns, i) * _lanes);
            TLanes sum = TLanes.MultiplyAdd(TLanes.Load(ref error), LayerInput<T>.Load<TLanes>(ref input), TLanes.All(0));
            if (!TWidth.IsOne)
            {
                for (nuint lane = (nuint)TLanes.Count; lane < _lanes; lane += (nuint)TLanes.Count)
                {
                    TLanes e = TLanes.Load(ref Unsafe.Add(ref error, lane));
                    sum = TLanes.MultiplyAdd(e, LayerInput<T>.Load<TLanes>(ref Unsafe.Add(ref input, lane)), sum);
                }
            }
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Fold(nuint i) => TLanes.Fold(Row(i));
    }
}
