using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Metrics;

/// <summary>
/// What NeuroBench's algorithm track calls complexity (Yik et al., "The NeuroBench framework for benchmarking neuromorphic computing
/// algorithms and systems", Nature Communications 2025): of a network, and of its activity on samples. Same network, samples and number of
/// cores, same figures, whatever the device. docs/metrics.md has definitions and sources.
/// </summary>
public sealed record NetworkMetrics
{
    // A dense network in NeuroBench's harness has 32-bit weights.
    private const int DenseWeightBytes = sizeof(float);

    /// <summary>The bytes that represent the network as devices keep it: a list of connections.</summary>
    public required long Footprint { get; init; }

    /// <summary>The bytes it would take with zero weights included: 4 for each of a dense network.</summary>
    public required long DenseFootprint { get; init; }

    /// <summary>The share of a dense network's weights that are zero, 0 to 1: no connection, or one whose theta is 0.</summary>
    public required double ConnectionSparsity { get; init; }

    /// <summary>
    /// The share of the outputs of all ReLUs that are zero, over all samples, 0 to 1; null for a network without hidden layers.
    /// </summary>
    public required double? ActivationSparsity { get; init; }

    /// <summary>The same for each hidden layer by itself.</summary>
    public required IReadOnlyList<double> ActivationSparsityByLayer { get; init; }

    /// <summary>The operations of an inference.</summary>
    public required SynapticOperations SynapticOperations { get; init; }

    /// <summary>The samples that activity was counted on.</summary>
    public required int Samples { get; init; }

    /// <summary>Takes them of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">What it takes on the device.</param>
    /// <param name="samples">What its activity is counted on, usually the test set.</param>
    /// <exception cref="BadArgumentException">The network is not sound, or reads another number of pixels than samples have.</exception>
    public static NetworkMetrics Measure(NetworkSnapshot network, MemoryPlan plan, SampleSet samples)
    {
        IReadOnlyList<LayerActivity> inputs = ForwardPass.CountInputs(network, samples);
        LayerActivity[] hidden = [.. inputs.Skip(1)];
        long dense = network.Layers.Sum(l => (long)l.Inputs * l.Outputs);
        long present = network.Layers.Sum(l => l.Connections.Count(c => c.Weight != 0));
        long[] products = [.. network.Layers.Zip(inputs, Products)];
        double PerSample(bool binary) => (double)products.Where((_, i) => inputs[i].IsBinary == binary).Sum() / samples.Count;
        return new NetworkMetrics
        {
            Footprint = plan.Model.Count,
            DenseFootprint = dense * DenseWeightBytes,
            ConnectionSparsity = (double)(dense - present) / dense,
            ActivationSparsity = hidden.Length == 0 ? null : Sparsity(hidden.Sum(h => h.Active), hidden.Sum(h => (long)h.ActiveByNeuron.Count), samples.Count),
            ActivationSparsityByLayer = [.. hidden.Select(h => Sparsity(h.Active, h.ActiveByNeuron.Count, samples.Count))],
            SynapticOperations = new SynapticOperations(PerSample(binary: false), PerSample(binary: true), dense),
            Samples = samples.Count,
        };
    }

    /// <summary>Products of a layer that are of a weight and an input that are not zero, over all samples.</summary>
    private static long Products(LayerSnapshot layer, LayerActivity input) =>
        layer.Connections.Where(c => c.Weight != 0).Sum(c => (long)input.ActiveByNeuron[c.Column]);

    private static double Sparsity(long active, long neurons, int samples) => ((neurons * samples) - active) / ((double)neurons * samples);
}
