namespace NeuroHal.Kernels;

/// <summary>Removes the connections whose theta is below 0; the others move together and stay in order.</summary>
/// <param name="Layer">The connections.</param>
public readonly record struct PruneNegative(SparseMatrix Layer) : IKernel
{
    // Theta as an integer: its sign bit decides.
    private static readonly WorkCounts _perEntry =
        new WorkCounts { Load = 1, IntegerAlu = 1, BranchNotTaken = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "prune-negative";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        int count = layer.Count;
        int kept = 0;
        while (kept < count && layer.Theta[kept] >= 0)
        {
            kept++;
        }
        long moved = 0;
        for (int i = kept; i < count; i++)
        {
            if (layer.Theta[i] >= 0)
            {
                layer.Move(i, kept++);
                moved++;
            }
        }
        layer.Count = kept;
        return (_perEntry * count) + (layer.MoveWork * moved);
    }
}
