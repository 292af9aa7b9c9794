using System.Runtime.CompilerServices;

namespace NeuroHal.Kernels;

/// <summary>
/// Carries errors from a layer's outputs back to its inputs: for each input, the weighted sum over what it feeds. Where
/// the layer is one core's share of a larger one, these are that core's parts of the sums (<see cref="SumErrors"/>).
/// </summary>
/// <param name="Layer">The connections.</param>
/// <param name="OutputError">dE/d(sum) of each output, [outputs][lanes].</param>
/// <param name="InputError">dE/d(activation) of each input, [inputs][lanes]; overwritten.</param>
/// <param name="Lanes">The samples worked on at once.</param>
public readonly record struct SparseBackward(
    SparseMatrix Layer,
    SramRange<float> OutputError,
    SramRange<float> InputError,
    int Lanes) : IKernel
{
    /// <inheritdoc/>
    public string Name => "sparse-backward";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        layer.CheckColumns();
        Span<float> outputError = sram.Span(OutputError)[..(Layer.Outputs * Lanes)];
        Span<float> inputError = sram.Span(InputError)[..(Layer.Inputs * Lanes)];
        inputError.Clear();
        Span<float> weights = stackalloc float[SparseSpans.Piece];
        int lane = 0;
        var seen = new Rows(-1, 0, 0);
        long products = Sweep<Lanes16>(layer, weights, outputError, inputError, ref lane, ref seen)
            + Sweep<Lanes8>(layer, weights, outputError, inputError, ref lane, ref seen)
            + Sweep<Lanes4>(layer, weights, outputError, inputError, ref lane, ref seen)
            + Sweep<Lanes1>(layer, weights, outputError, inputError, ref lane, ref seen);
        return BackwardWork.Of(Lanes, Layer.Inputs, layer.Count, seen.All, products, seen.WithoutError);
    }

    /// <returns>The entries whose output had an error, where there is one lane.</returns>
    private long Sweep<TLanes>(
        SparseSpans layer, Span<float> weights, Span<float> outputError, Span<float> inputError, ref int lane, ref Rows seen)
        where TLanes : struct, ILanes<TLanes>
    {
        int count = layer.Count;
        long products = 0;
        for (; lane + TLanes.Count <= Lanes; lane += TLanes.Count)
        {
            for (int first = 0; first < count; first += weights.Length)
            {
                Span<float> piece = weights[..Math.Min(weights.Length, count - first)];
                layer.Weights(first, piece);
                Span<ushort> rows = layer.Rows.Slice(first, piece.Length);
                Span<ushort> columns = layer.Columns.Slice(first, piece.Length);
                products += Scatter<TLanes>(rows, columns, piece, outputError, inputError, lane, ref seen);
            }
        }
        return products;
    }

    [MethodImpl(HotLoop.Options)]
    private long Scatter<TLanes>(
        Span<ushort> rows, Span<ushort> columns, Span<float> weights, Span<float> outputError, Span<float> inputError, int lane, ref Rows seen)
        where TLanes : struct, ILanes<TLanes>
    {
        int lanes = Lanes;
        ref float inputs = ref inputError[lane];
        long products = 0;
        for (int i = 0; i < rows.Length;)
        {
            int row = rows[i];
            TLanes error = TLanes.Load(ref outputError[(row * lanes) + lane]);
            bool any = TLanes.AnyNonZero(error);
            if (lane == 0 && row != seen.Last)
            {
                seen = new Rows(row, seen.All + 1, seen.WithoutError + (any ? 0 : 1));
            }
            int end = i + 1;
            while (end < rows.Length && rows[end] == row)
            {
                end++;
            }
            if (any)
            {
                products += end - i;
                for (int k = i; k < end; k++)
                {
                    ref float sum = ref Unsafe.Add(ref inputs, columns[k] * lanes);
                    TLanes.MultiplyAdd(TLanes.All(weights[k]), error, TLanes.Load(ref sum)).Store(ref sum);
                }
            }
            i = end;
        }
        return products;
    }

    /// <summary>The outputs that had connections, counted in the first lanes' pass; a piece may end within one.</summary>
    private readonly record struct Rows(int Last, int All, int WithoutError);
}
