using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange.C;

/// <summary>A layer as the code in C has it.</summary>
/// <param name="Inputs">The neurons it reads.</param>
/// <param name="Outputs">The neurons it feeds.</param>
/// <param name="Ends">[outputs]: where the connections of each end; those of the next begin there.</param>
/// <param name="Columns">[connections]: the neuron that each reads.</param>
/// <param name="Weights">[connections]: what each multiplies by.</param>
/// <param name="Scale">What sums are multiplied by besides; null for nothing.</param>
internal sealed record CLayer(int Inputs, int Outputs, int[] Ends, ushort[] Columns, float[] Weights, float? Scale)
{
    private const int Largest = sbyte.MaxValue;

    /// <summary>A layer with its weights as they are.</summary>
    public static CLayer Of(LayerSnapshot layer) =>
        Of(layer, layer.Connections.Select(c => (c.Row, c.Column, c.Weight)), null);

    /// <summary>A layer with its weights as whole numbers: the largest becomes 127, a half goes to the even one.</summary>
    public static CLayer Quantized(LayerSnapshot layer)
    {
        float scale = layer.Connections.Select(c => MathF.Abs(c.Weight)).DefaultIfEmpty(0).Max() / Largest;
        return Of(
            layer,
            from c in layer.Connections
            where scale > 0 // where it is not, weights are too small for a float to hold a part of them
            let weight = Math.Clamp(MathF.Round(c.Weight / scale), -Largest, Largest)
            where weight != 0
            select (c.Row, c.Column, weight),
            scale);
    }

    /// <summary>The sums, as the code computes them: operation by operation, those of the kernels where weights are floats.</summary>
    public float[] Sums(ReadOnlySpan<float> inputs)
    {
        var sums = new float[Outputs];
        for (int row = 0, i = 0; row < Outputs; row++)
        {
            float sum = 0;
            for (; i < Ends[row]; i++)
            {
                float x = inputs[Columns[i]];
                sum = x == 0 ? sum : MathF.FusedMultiplyAdd(Weights[i], x, sum);
            }
            sums[row] = Scale is { } scale ? sum * scale : sum;
        }
        return sums;
    }

    private static CLayer Of(LayerSnapshot layer, IEnumerable<(ushort Row, ushort Column, float Weight)> connections, float? scale)
    {
        (ushort Row, ushort Column, float Weight)[] all = [.. connections];
        var ends = new int[layer.Outputs];
        foreach ((ushort row, _, _) in all)
        {
            ends[row]++;
        }
        for (int row = 1; row < ends.Length; row++)
        {
            ends[row] += ends[row - 1];
        }
        return new CLayer(layer.Inputs, layer.Outputs, ends, [.. all.Select(c => c.Column)], [.. all.Select(c => c.Weight)], scale);
    }
}
