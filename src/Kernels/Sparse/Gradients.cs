using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// dE/d(weight) of connections: the output's error times the input's activation, summed over lanes in a fixed order that
/// depends on the number of lanes only.
/// </summary>
/// <typeparam name="T">The input: float activations, or 8-bit pixels.</typeparam>
internal readonly ref struct Gradients<T>
    where T : struct
{
    /// <summary>Elements of scratch that <see cref="Compute"/> needs.</summary>
    public const int Scratch = Block * Block;

    private const int Block = 16;

    // Both indices, one product for each lane; one lane looks whether the activation is zero before it loads the error.
    private static readonly WorkCounts _perEntry = new() { Load = 2, IntegerAlu = 2 };

    private static readonly WorkCounts _perLook = new() { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 };

    private static readonly WorkCounts _perLane = new WorkCounts { Load = 1, FloatMultiplyAdd = 1 } + LayerInput<T>.PerUse;

    private readonly Span<ushort> _rows;
    private readonly Span<ushort> _columns;
    private readonly Span<float> _error;
    private readonly Span<T> _input;
    private readonly Span<float> _scratch;
    private readonly int _lanes;

    public Gradients(SparseSpans layer, Span<float> error, Span<T> input, int lanes, Span<float> scratch)
    {
        int count = layer.Count;
        _rows = layer.Rows[..count];
        _columns = layer.Columns[..count];
        _error = error;
        _input = input;
        _lanes = lanes;
        _scratch = scratch;
    }

    /// <summary>The work for all connections.</summary>
    /// <param name="nonZero">What <see cref="Compute"/> found, summed.</param>
    public WorkCounts Work(long nonZero) =>
        (_perEntry * _rows.Length) + (_lanes == 1
            ? (_perLook * _rows.Length) + ((_perLane + LayerInput<T>.PerSum) * nonZero)
            : (LayerInput<T>.PerSum + ((_perLane + new WorkCounts { Load = 1 }) * _lanes)) * _rows.Length);

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
            ComputeAnyLanes(rows, columns, gradients);
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

    private void ComputeAnyLanes(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Lanes1 sum = Lanes1.All(0);
            for (int lane = 0; lane < _lanes; lane++)
            {
                Lanes1 e = Lanes1.Load(ref _error[(rows[i] * _lanes) + lane]);
                sum = Lanes1.MultiplyAdd(e, LayerInput<T>.Load<Lanes1>(ref _input[(columns[i] * _lanes) + lane]), sum);
            }
            gradients[i] = Lanes1.Sum(sum) * LayerInput<T>.Scale;
        }
    }

    /// <summary>
    /// Each connection's products fill a register of <typeparamref name="TLanes"/>; sixteen such registers are summed
    /// each over its lanes by adding halves to halves, all sixteen at once: <see cref="TransposedSum"/>.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private void ComputeLanes<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> products = _scratch[..(Block * TLanes.Count)];
        for (int first = 0; first < rows.Length; first += Block)
        {
            int count = Math.Min(Block, rows.Length - first);
            Products<TLanes>(rows.Slice(first, count), columns.Slice(first, count), products);
            Vector512<float> sums = TransposedSum.Of(MemoryMarshal.Cast<float, Vector512<float>>(products));
            (sums * LayerInput<T>.Scale).CopyTo(gradients[first..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Products<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> products)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> error = _error;
        Span<T> input = _input;
        if (_lanes == TLanes.Count)
        {
            ref ushort row = ref MemoryMarshal.GetReference(rows);
            ref ushort column = ref MemoryMarshal.GetReference(columns);
            ref float product = ref MemoryMarshal.GetReference(products);
            for (int i = 0; i < rows.Length; i++)
            {
                TLanes e = TLanes.Load(ref error[Unsafe.Add(ref row, i) * TLanes.Count]);
                TLanes x = LayerInput<T>.Load<TLanes>(ref input[Unsafe.Add(ref column, i) * TLanes.Count]);
                TLanes.MultiplyAdd(e, x, TLanes.All(0)).Store(ref Unsafe.Add(ref product, Place<TLanes>(i)));
            }
            return;
        }
        int lanes = _lanes;
        for (int i = 0; i < rows.Length; i++)
        {
            TLanes sum = TLanes.All(0);
            for (int lane = 0; lane < lanes; lane += TLanes.Count)
            {
                TLanes e = TLanes.Load(ref error[(rows[i] * lanes) + lane]);
                sum = TLanes.MultiplyAdd(e, LayerInput<T>.Load<TLanes>(ref input[(columns[i] * lanes) + lane]), sum);
            }
            sum.Store(ref products[Place<TLanes>(i)]);
        }
    }

    /// <summary>Where <see cref="TransposedSum"/> wants row i: in register i mod Count, there the part i / Count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place<TLanes>(int i)
        where TLanes : struct, ILanes<TLanes> => (i % TLanes.Count * Block) + (i & -TLanes.Count);
}
