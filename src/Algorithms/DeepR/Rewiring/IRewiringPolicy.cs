using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Rewiring;

/// <summary>Decides which connections go and where new ones come. It works on the core, by kernels.</summary>
public interface IRewiringPolicy
{
    /// <summary>The name used in configuration.</summary>
    string Name { get; }

    /// <summary>The samples between rewirings, or null for never.</summary>
    /// <param name="samplesPerEpoch">The samples of an epoch.</param>
    int? Period(int samplesPerEpoch);

    /// <summary>Rewires one layer on the core that holds it. Never leaves more connections than the layer's capacity.</summary>
    void Rewire(ICore core, in RewiringScope scope);
}

/// <summary>What a policy works on.</summary>
/// <param name="Layer">The connections.</param>
/// <param name="Random">State of one random stream.</param>
/// <param name="Scratch">Room for a batch of new positions.</param>
public readonly record struct RewiringScope(SparseMatrix Layer, SramBuffer<uint> Random, SramBuffer<uint> Scratch);
