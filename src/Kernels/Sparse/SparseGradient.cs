namespace NeuroHal.Kernels;

/// <summary>
/// Adds the gradient of the samples at hand to the layer's stored gradient; for minibatches larger than the lanes.
/// </summary>
/// <param name="Layer">The connections, with a gradient buffer.</param>
/// <param name="OutputError">dE/d(sum) of each output, [outputs][lanes].</param>
/// <param name="Input">Activations of the inputs, [inputs][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
public readonly record struct SparseGradient(
    SparseMatrix Layer, SramBuffer<float> OutputError, SramBuffer<float> Input, int Lanes) : IKernel
{
    private static readonly WorkCounts _perEntry =
        new WorkCounts { Load = 1, FloatAdd = 1, Store = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "sparse-gradient";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        var gradient = new GradientBlock(layer, sram.Span(OutputError), sram.Span(Input), Lanes);
        Span<float> block = stackalloc float[GradientBlock.Size];
        Span<float> stored = layer.Gradient;
        int count = layer.Count;
        long nonZero = 0;
        for (int first = 0; first < count; first += GradientBlock.Size)
        {
            nonZero += gradient.Compute(first, block);
            int length = Math.Min(GradientBlock.Size, count - first);
            for (int i = 0; i < length; i++)
            {
                stored[first + i] += block[i];
            }
        }
        return gradient.Work(nonZero) + (_perEntry * count);
    }
}
