namespace NeuroHal.DeepR.Metrics;

/// <summary>How often the neurons of a layer were not zero.</summary>
/// <param name="ActiveByNeuron">For each neuron, the samples in which it was not zero.</param>
/// <param name="IsBinary">Whether no neuron ever was anything but 0, 1 or -1.</param>
internal sealed record LayerActivity(IReadOnlyList<int> ActiveByNeuron, bool IsBinary)
{
    /// <summary>The sum over neurons.</summary>
    public long Active => ActiveByNeuron.Sum(n => (long)n);
}
