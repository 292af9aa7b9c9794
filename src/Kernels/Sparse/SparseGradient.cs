namespace NeuroHal.Kernels;

/// <summary>
/// Adds the gradient of the samples at hand to the layer's stored gradient; for minibatches larger than the lanes.
/// </summary>
/// <typeparam name="T">Float activations, or 8-bit pixels, which count as 0 to 1.</typeparam>
/// <param name="Layer">The connections, with a gradient buffer.</param>
/// <param name="OutputError">dE/d(sum) of each output, [outputs][lanes].</param>
/// <param name="Input">[inputs][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
public readonly record struct SparseGradient<T>(
    SparseMatrix Layer, SramRange<float> OutputError, SramRange<T> Input, int Lanes) : IKernel
    where T : struct
{
    private static readonly WorkCounts _perEntry =
        new WorkCounts { Load = 1, FloatAdd = 1, Store = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "sparse-gradient";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        var gradient = new GradientBlock<T>(layer, sram.Span(OutputError), sram.Span(Input), Lanes);
        Span<float> block = stackalloc float[RandomStreams.Block];
        Span<float> stored = layer.Gradient;
        int count = layer.Count;
        long nonZero = 0;
        for (int first = 0; first < count; first += RandomStreams.Block)
        {
            nonZero += gradient.Compute(first, block);
            int length = Math.Min(RandomStreams.Block, count - first);
            for (int i = 0; i < length; i++)
            {
                stored[first + i] += block[i];
            }
        }
        return gradient.Work(nonZero) + (_perEntry * count);
    }
}
