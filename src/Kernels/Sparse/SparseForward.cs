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
    // Row and column index, comparison with the row at hand.
    private static readonly WorkCounts _perEntry =
        new WorkCounts { Load = 2, IntegerAlu = 2, BranchNotTaken = 1 } + Loops.PerIteration;

    // One lane looks at the activation first: the ReLU and dark pixels make most of them zero.
    private static readonly WorkCounts _perLook = new() { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 };

    // Theta and the sign's bit.
    private static readonly WorkCounts _perWeight = new() { Load = 1, IntegerAlu = 3, FloatConvert = 1 };

    private static readonly WorkCounts _perProduct = new() { FloatMultiplyAdd = 1 };

    // Address, and the branch that found the row's end.
    private static readonly WorkCounts _perRow = new() { IntegerAlu = 2, BranchTaken = 1 };

    /// <inheritdoc/>
    public string Name => "sparse-forward";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        Span<T> input = sram.Span(Input);
        Span<float> output = sram.Span(Output);
        int lane = 0;
        long products = Sweep<Lanes16>(layer, input, output, ref lane)
            + Sweep<Lanes8>(layer, input, output, ref lane)
            + Sweep<Lanes4>(layer, input, output, ref lane)
            + Sweep<Lanes1>(layer, input, output, ref lane);
        WorkCounts perProduct = _perProduct + LayerInput<T>.PerUse;
        WorkCounts perSum = new WorkCounts { Store = 1, FloatConvert = 1 } + LayerInput<T>.PerSum;
        return ((_perRow + (perSum * Lanes)) * Layer.Outputs) + (Lanes == 1
            ? ((_perEntry + _perLook) * layer.Count) + ((_perWeight + perProduct) * products)
            : (_perEntry + _perWeight + ((perProduct + new WorkCounts { Load = 1 }) * Lanes)) * layer.Count);
    }

    private long Sweep<TLanes>(SparseSpans layer, Span<T> input, Span<float> output, ref int lane)
        where TLanes : struct, ILanes<TLanes>
    {
        long products = 0;
        for (; lane + TLanes.Count <= Lanes; lane += TLanes.Count)
        {
            products += Rows<TLanes>(layer, input, output, lane);
        }
        return products;
    }

    /// <returns>The entries whose activation was not zero, where there is one lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Rows<TLanes>(SparseSpans layer, Span<T> input, Span<float> output, int lane)
        where TLanes : struct, ILanes<TLanes>
    {
        int lanes = Lanes;
        int count = layer.Count;
        Span<ushort> rows = layer.Rows;
        Span<ushort> columns = layer.Columns;
        long products = 0;
        int i = 0;
        for (int row = 0; row < Layer.Outputs; row++)
        {
            TLanes sum = TLanes.All(0);
            for (; i < count && rows[i] == row; i++)
            {
                TLanes x = LayerInput<T>.Load<TLanes>(ref input[(columns[i] * lanes) + lane]);
                sum = TLanes.MultiplyAdd(TLanes.All(layer.Weight(i)), x, sum);
                if (TLanes.Count == 1)
                {
                    products += TLanes.AnyNonZero(x) ? 1 : 0;
                }
            }
            TLanes.Scale(sum, LayerInput<T>.Scale).Store(ref output[(row * lanes) + lane]);
        }
        return products;
    }
}
