namespace NeuroHal.DeepR.Metrics;

/// <summary>Synaptic operations of one inference, in the mean over samples (NeuroBench: Synaptic Operations).</summary>
/// <param name="EffectiveMacs">
/// Multiply-accumulates: products of a weight and an input that are both not zero, in layers that have an input other than 0, 1 and -1.
/// </param>
/// <param name="EffectiveAcs">Accumulates: the same in layers all of whose inputs are 0, 1 or -1, where there is nothing to multiply.</param>
/// <param name="Dense">What hardware would do that knows no zeros: a product for each input and output of each layer.</param>
public sealed record SynapticOperations(double EffectiveMacs, double EffectiveAcs, long Dense);
