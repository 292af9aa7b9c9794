using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Rewiring;

/// <summary>The rewiring policies by name.</summary>
public static class RewiringPolicies
{
    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["deep-r", "set", "static"];

    /// <summary>Makes a policy.</summary>
    /// <exception cref="BadArgumentException">There is none of that name; the message lists those there are.</exception>
    public static IRewiringPolicy Create(RewiringOptions options) => options.Policy switch
    {
        "deep-r" => new DeepRewiring(options.Every ?? 10),
        "set" => new SparseEvolution(options.Every, options.Fraction),
        "static" => new NoRewiring(),
        _ => throw new BadArgumentException(
            $"Unknown rewiring policy '{options.Policy}'; there are {string.Join(", ", Names)}.{NearestName.Question(options.Policy, Names)}"),
    };

    /// <summary>
    /// Deep rewiring (Bellec et al. 2018): a connection whose theta fell below 0 would change its sign; it goes, and
    /// another appears at a random free position of the same layer.
    /// </summary>
    private sealed class DeepRewiring(int every) : IRewiringPolicy
    {
        public string Name => "deep-r";

        public int? Period(int samplesPerEpoch) => every;

        public void Rewire(ICore core, in RewiringScope scope)
        {
            core.Run(new PruneNegative(scope.Layer));
            core.Run(new InsertAtFree(scope.Layer, scope.Random, scope.Scratch));
        }
    }

    /// <summary>Sparse evolutionary training (Mocanu et al. 2018): once an epoch the smallest are moved.</summary>
    private sealed class SparseEvolution(int? every, float fraction) : IRewiringPolicy
    {
        public string Name => "set";

        public int? Period(int samplesPerEpoch) => every ?? samplesPerEpoch;

        public void Rewire(ICore core, in RewiringScope scope)
        {
            core.Run(new PruneSmallest(scope.Layer, fraction));
            core.Run(new InsertAtFree(scope.Layer, scope.Random, scope.Scratch));
        }
    }

    /// <summary>The connections stay where the start put them, to see what rewiring buys.</summary>
    private sealed class NoRewiring : IRewiringPolicy
    {
        public string Name => "static";

        public int? Period(int samplesPerEpoch) => null;

        public void Rewire(ICore core, in RewiringScope scope)
        {
        }
    }
}
