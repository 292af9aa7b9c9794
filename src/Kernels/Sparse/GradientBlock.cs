using System.Runtime.CompilerServices;

namespace NeuroHal.Kernels;

/// <summary>
/// dE/d(weight) of sixteen consecutive connections: the output's error times the input's activation, summed over lanes
/// in a fixed order that depends on the number of lanes only.
/// </summary>
/// <typeparam name="T">The input: float activations, or 8-bit pixels.</typeparam>
internal readonly ref struct GradientBlock<T>
    where T : struct
{
    private const int Size = RandomStreams.Block;

    // Both indices, one product for each lane; one lane looks whether the activation is zero before it loads the error.
    private static readonly WorkCounts _perEntry = new() { Load = 2, IntegerAlu = 2 };

    private static readonly WorkCounts _perLook = new() { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 };

    private static readonly WorkCounts _perLane = new WorkCounts { Load = 1, FloatMultiplyAdd = 1 } + LayerInput<T>.PerUse;

    private readonly Span<ushort> _rows;
    private readonly Span<ushort> _columns;
    private readonly Span<float> _error;
    private readonly Span<T> _input;
    private readonly int _lanes;

    public GradientBlock(SparseSpans layer, Span<float> error, Span<T> input, int lanes)
    {
        int count = layer.Count;
        _rows = layer.Rows[..count];
        _columns = layer.Columns[..count];
        _error = error;
        _input = input;
        _lanes = lanes;
    }

    /// <summary>The work for all connections.</summary>
    /// <param name="nonZero">What <see cref="Compute"/> found, summed.</param>
    public WorkCounts Work(long nonZero) =>
        (_perEntry * _rows.Length) + (_lanes == 1
            ? (_perLook * _rows.Length) + ((_perLane + LayerInput<T>.PerSum) * nonZero)
            : (LayerInput<T>.PerSum + ((_perLane + new WorkCounts { Load = 1 }) * _lanes)) * _rows.Length);

    /// <summary>Computes the gradients of the connections from <paramref name="first"/> on.</summary>
    /// <returns>The connections whose activation was not zero, where there is one lane.</returns>
    public int Compute(int first, Span<float> gradients)
    {
        Span<ushort> rows = _rows[first..Math.Min(first + Size, _rows.Length)];
        Span<ushort> columns = _columns.Slice(first, rows.Length);
        gradients = gradients[..rows.Length];
        return _lanes switch
        {
            1 => ComputeOneLane(rows, columns, gradients),
            _ when _lanes % 16 == 0 => ComputeLanes<Lanes16>(rows, columns, gradients),
            _ when _lanes % 8 == 0 => ComputeLanes<Lanes8>(rows, columns, gradients),
            _ when _lanes % 4 == 0 => ComputeLanes<Lanes4>(rows, columns, gradients),
            _ => ComputeLanes<Lanes1>(rows, columns, gradients),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ComputeOneLane(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
    {
        int nonZero = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            Lanes1 x = LayerInput<T>.Load<Lanes1>(ref _input[columns[i]]);
            gradients[i] = Lanes1.Sum(x) * LayerInput<T>.Scale * _error[rows[i]];
            nonZero += Lanes1.AnyNonZero(x) ? 1 : 0;
        }
        return nonZero;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ComputeLanes<TLanes>(Span<ushort> rows, Span<ushort> columns, Span<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            int row = rows[i] * _lanes;
            int column = columns[i] * _lanes;
            TLanes sum = TLanes.All(0);
            for (int lane = 0; lane < _lanes; lane += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(ref _error[row + lane]), LayerInput<T>.Load<TLanes>(ref _input[column + lane]), sum);
            }
            gradients[i] = TLanes.Sum(sum) * LayerInput<T>.Scale;
        }
        return 0;
    }
}
