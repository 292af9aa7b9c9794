using System.Runtime.CompilerServices;

namespace NeuroHal.Kernels;

/// <summary>
/// Each output's weighted sum of its inputs. Every output is written, those without connections as 0.
/// </summary>
/// <typeparam name="T">Float activations, or 8-bit pixels, which count as 0 to 1.</typeparam>
/// <param name="Layer">The connections.</param>
/// <param name="Input">[inputs][lanes].</param>
/// <param name="Output">Sums, [outputs][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
public readonly record struct SparseForward<T>(
    SparseMatrix Layer, SramRange<T> Input, SramRange<float> Output, int Lanes) : IKernel
    where T : struct
{
    /// <inheritdoc/>
    public string Name => "sparse-forward";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        layer.CheckColumns();
        Span<T> input = sram.Span(Input)[..(Layer.Inputs * Lanes)];
        Span<float> output = sram.Span(Output)[..(Layer.Outputs * Lanes)];
        Span<float> weights = stackalloc float[SparseSpans.Piece];
        int lane = 0;
        long products = Sweep<Lanes16>(layer, weights, input, output, ref lane)
            + Sweep<Lanes8>(layer, weights, input, output, ref lane)
            + Sweep<Lanes4>(layer, weights, input, output, ref lane)
            + Sweep<Lanes1>(layer, weights, input, output, ref lane);
        int reached = layer.Count == 0 ? 0 : layer.Rows[layer.Count - 1] + 1;
        return ForwardWork<T>.Of(Lanes, layer.Count, products, Layer.Outputs, reached);
    }

    /// <returns>The entries whose activation was not zero, where there is one lane.</returns>
    private long Sweep<TLanes>(SparseSpans layer, Span<float> weights, Span<T> input, Span<float> output, ref int lane)
        where TLanes : struct, ILanes<TLanes>
    {
        int count = layer.Count;
        long products = 0;
        for (; lane + TLanes.Count <= Lanes; lane += TLanes.Count)
        {
            int row = 0;
            TLanes sum = TLanes.All(0);
            for (int first = 0; first < count; first += weights.Length)
            {
                Span<float> piece = weights[..Math.Min(weights.Length, count - first)];
                layer.Weights(first, piece);
                Span<ushort> rows = layer.Rows.Slice(first, piece.Length);
                Span<ushort> columns = layer.Columns.Slice(first, piece.Length);
                products += Rows(rows, columns, piece, input, output, lane, ref row, ref sum);
            }
            for (; row < Layer.Outputs; row++)
            {
                TLanes.Scale(sum, LayerInput<T>.Scale).Store(ref output[(row * Lanes) + lane]);
                sum = TLanes.All(0);
            }
        }
        return products;
    }

    /// <summary>Goes on with the row at hand through a piece of the entries; the sum stays in a register.</summary>
    [MethodImpl(HotLoop.Options)]
    private long Rows<TLanes>(
        Span<ushort> rows, Span<ushort> columns, Span<float> weights, Span<T> input, Span<float> output, int lane, ref int openRow, ref TLanes openSum)
        where TLanes : struct, ILanes<TLanes>
    {
        int lanes = Lanes;
        ref T inputs = ref input[lane];
        long products = 0;
        int row = openRow;
        TLanes sum = openSum;
        for (int i = 0; i < weights.Length; i++)
        {
            for (; row < rows[i]; row++)
            {
                TLanes.Scale(sum, LayerInput<T>.Scale).Store(ref output[(row * lanes) + lane]);
                sum = TLanes.All(0);
            }
            TLanes x = LayerInput<T>.Load<TLanes>(ref Unsafe.Add(ref inputs, columns[i] * lanes));
            sum = TLanes.MultiplyAdd(TLanes.All(weights[i]), x, sum);
            if (TLanes.Count == 1)
            {
                products += TLanes.AnyNonZero(x) ? 1 : 0;
            }
        }
        openRow = row;
        openSum = sum;
        return products;
    }
}
