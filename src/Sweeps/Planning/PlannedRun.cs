namespace NeuroHal.Sweeps.Planning;

/// <summary>One run of a sweep, before it is begun.</summary>
public sealed record PlannedRun
{
    /// <summary>Its place in the plan, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its name, and that of its folder: <see cref="RunId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>What it differs from others in: values by swept key; a key that its entry of a list does not name is not there.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Every setting that is given to it, by key.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Where it runs.</summary>
    public required string Backend { get; init; }

    /// <summary>The samples of an epoch.</summary>
    public required int SamplesPerEpoch { get; init; }

    /// <summary>The epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>As many connections as it may have.</summary>
    public required long Connections { get; init; }

    /// <summary>Why it does not fit its device; null where it does.</summary>
    public string? DoesNotFit { get; init; }

    /// <summary>The samples that it trains on, over all epochs.</summary>
    public double Samples => (double)SamplesPerEpoch * Epochs;

    /// <summary>The run in a few words: its values.</summary>
    public string Description => string.Join(", ", Values.Select(v => $"{v.Key}={v.Value}"));
}

/// <summary>All runs of a sweep.</summary>
/// <param name="Keys">The keys that they differ in.</param>
/// <param name="Runs">The runs, in the order of the specification, none twice.</param>
/// <param name="Repeated">How many combinations came to a run that was there already.</param>
public sealed record SweepPlan(IReadOnlyList<string> Keys, IReadOnlyList<PlannedRun> Runs, int Repeated);
