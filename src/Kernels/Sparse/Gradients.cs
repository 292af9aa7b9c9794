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
        int count = layer.Count;
        _rows = layer.Rows[..count];
        _columns = layer.Columns[..count];
        _error = error;
        _input = input;
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
        Span<T> input = _input;
        Span<float> error = _error;
        int nonZero = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Lanes1 x = LayerInput<T>.Load<Lanes1>(ref input[columns[i]]);
            gradients[i] = Lanes1.Sum(x) * LayerInput<T>.Scale * error[rows[i]];
            nonZero += Lanes1.AnyNonZero(x) ? 1 : 0;
        }
        return nonZero;
    }

    private void ComputeLanes<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        int blocks = _lanes == TLanes.Count && TLanes.Count > 1 ? rows.Length & -Block : 0;
        ComputeBlocks<TLanes>(rows[..blocks], columns[..blocks], gradients);
        ComputeEach<TLanes>(rows[blocks..], columns[blocks..], gradients[blocks..]);
    }

    /// <summary>Sixteen connections at a time, where there are as many lanes as <typeparamref name="TLanes"/> has.</summary>
    [MethodImpl(HotLoop.Options)]
    private void ComputeBlocks<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<Vector512<float>> fours = stackalloc Vector512<float>[4];
        for (int i = 0; i < rows.Length; i += Block)
        {
            var products = new Products<TLanes>(_error, _input, rows.Slice(i, Block), columns.Slice(i, Block));
            if (!Avx512F.IsSupported)
            {
                for (int j = 0; j < Block; j += 4)
                {
                    Vector128<float> sums = TransposedSum.Of(products.Fold(j), products.Fold(j + 1), products.Fold(j + 2), products.Fold(j + 3));
                    (sums * LayerInput<T>.Scale).CopyTo(gradients[(i + j)..]);
                }
                continue;
            }
            for (int j = 0; j < fours.Length; j++)
            {
                fours[j] = TransposedSum.Fours<TLanes, Products<TLanes>>(products, j);
            }
            (TransposedSum.Of(fours[0], fours[1], fours[2], fours[3]) * LayerInput<T>.Scale).CopyTo(gradients[i..]);
        }
    }

    /// <summary>Connection by connection, each sum halves to halves.</summary>
    [MethodImpl(HotLoop.Options)]
    private void ComputeEach<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> error = _error;
        Span<T> input = _input;
        int lanes = _lanes;
        for (int i = 0; i < rows.Length; i++)
        {
            TLanes sum = TLanes.All(0);
            for (int lane = 0; lane < lanes; lane += TLanes.Count)
            {
                TLanes e = TLanes.Load(ref error[(rows[i] * lanes) + lane]);
                sum = TLanes.MultiplyAdd(e, LayerInput<T>.Load<TLanes>(ref input[(columns[i] * lanes) + lane]), sum);
            }
            gradients[i] = TLanes.Sum(sum) * LayerInput<T>.Scale;
        }
    }

    /// <summary>The products of sixteen connections, lane by lane.</summary>
    private readonly ref struct Products<TLanes>(Span<float> error, Span<T> input, Span<ushort> rows, Span<ushort> columns)
        : ISixteen<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly Span<float> _error = error;
        private readonly Span<T> _input = input;
        private readonly ref ushort _rows = ref MemoryMarshal.GetReference(rows);
        private readonly ref ushort _columns = ref MemoryMarshal.GetReference(columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Row(int i)
        {
            TLanes e = TLanes.Load(ref _error[Unsafe.Add(ref _rows, i) * TLanes.Count]);
            TLanes x = LayerInput<T>.Load<TLanes>(ref _input[Unsafe.Add(ref _columns, i) * TLanes.Count]);
            return TLanes.MultiplyAdd(e, x, TLanes.All(0));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Fold(int i) => TLanes.Fold(Row(i));
    }
}
