namespace NeuroHal.Benchmarks.Epochs;

/// <summary>One way of training, to be timed.</summary>
internal interface IContender
{
    /// <summary>What it is, in a few words.</summary>
    string Name { get; }

    /// <summary>Chip time since the start, where it emulates a chip.</summary>
    SimTime? Emulated { get; }

    /// <summary>Trains for one epoch.</summary>
    void TrainEpoch();
}
