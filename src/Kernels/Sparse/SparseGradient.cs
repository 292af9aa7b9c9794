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
    /// <inheritdoc/>
    public string Name => "sparse-gradient";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        Span<float> piece = stackalloc float[SparseSpans.Piece];
        var gradients = new Gradients<T>(layer, sram.Span(OutputError), sram.Span(Input), Lanes);
        return GradientWork<T>.OfGradient(Lanes, layer.Count, Accumulate(layer.Gradient[..layer.Count], gradients, piece));
    }

    /// <returns>The connections whose activation was not zero, where there is one lane.</returns>
    private static long Accumulate(Span<float> stored, Gradients<T> gradients, Span<float> piece)
    {
        long nonZero = 0;
        for (int first = 0; first < stored.Length; first += piece.Length)
        {
            Span<float> sums = stored.Slice(first, Math.Min(piece.Length, stored.Length - first));
            nonZero += gradients.Compute(first, piece, sums.Length);
            Add(sums, piece);
        }
        return nonZero;
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> more)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += more[i];
        }
    }
}
