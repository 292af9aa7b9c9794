namespace NeuroHal.Results;

/// <summary>The files of a run's folder.</summary>
public static class RunFiles
{
    /// <summary>What the run came to, a <see cref="RunRecord"/> or a <see cref="ComparisonRecord"/>; it appears when the run is complete.</summary>
    public const string Result = "result.json";

    /// <summary>What a fault of the device made of a run that came to no result.</summary>
    public const string Failure = "failure.json";

    /// <summary>The network at the end of training.</summary>
    public const string Network = "network.npz";

    /// <summary>The network before the first sample.</summary>
    public const string InitialNetwork = "initial-network.npz";

    /// <summary>What the device did with the first samples, as a trace that Perfetto opens.</summary>
    public const string Timeline = "timeline.json";

    /// <summary>The folder of checkpoints.</summary>
    public const string Checkpoints = "checkpoints";
}
