using NeuroHal;
using NeuroHal.Kernels;

namespace WideMac;

/// <summary>
/// A sparse layer's sums as the array forms them. A backend may run its own version of a kernel as long as SRAM holds the
/// same bits afterwards: each sum takes its products in the order of the connections, each rounded once with its addition.
/// </summary>
internal static class NativeForward
{
    private const float PixelScale = 1f / 255;

    /// <returns>The connections.</returns>
    public static int Activations(in SparseForward<float> kernel, SramView sram)
    {
        Span<float> input = sram.Span(kernel.Input);
        Span<float> output = sram.Span(kernel.Output);
        var layer = new Connections(kernel.Layer, sram);
        int lanes = kernel.Lanes;
        output.Clear();
        for (int i = 0; i < layer.Count; i++)
        {
            float weight = layer.Weight(i);
            Span<float> x = input.Slice(layer.Columns[i] * lanes, lanes);
            Span<float> sum = output.Slice(layer.Rows[i] * lanes, lanes);
            for (int lane = 0; lane < sum.Length; lane++)
            {
                sum[lane] = MathF.FusedMultiplyAdd(weight, x[lane], sum[lane]);
            }
        }
        return layer.Count;
    }

    /// <summary>Pixels count from 0 to 255, and the sum is scaled at its end.</summary>
    /// <returns>The connections.</returns>
    public static int Pixels(in SparseForward<byte> kernel, SramView sram)
    {
        Span<byte> input = sram.Span(kernel.Input);
        Span<float> output = sram.Span(kernel.Output);
        var layer = new Connections(kernel.Layer, sram);
        int lanes = kernel.Lanes;
        output.Clear();
        for (int i = 0; i < layer.Count; i++)
        {
            float weight = layer.Weight(i);
            Span<byte> x = input.Slice(layer.Columns[i] * lanes, lanes);
            Span<float> sum = output.Slice(layer.Rows[i] * lanes, lanes);
            for (int lane = 0; lane < sum.Length; lane++)
            {
                sum[lane] = MathF.FusedMultiplyAdd(weight, x[lane], sum[lane]);
            }
        }
        foreach (ref float sum in output)
        {
            sum *= PixelScale;
        }
        return layer.Count;
    }

    private readonly ref struct Connections(SparseMatrix layer, SramView sram)
    {
        private readonly Span<float> _theta = sram.Span(layer.Theta);
        private readonly Span<uint> _signs = sram.Span(layer.Signs);

        public int Count { get; } = sram.Span(layer.Count)[0].Now;

        public Span<ushort> Rows { get; } = sram.Span(layer.Rows);

        public Span<ushort> Columns { get; } = sram.Span(layer.Columns);

        public float Weight(int i) => (_signs[i / 32] >> (i % 32) & 1) == 0 ? _theta[i] : -_theta[i];
    }
}
