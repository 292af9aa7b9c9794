namespace NeuroHal.Lockstep.Recording;

/// <summary>Takes what a device did, superstep by superstep.</summary>
public interface IRecordSink
{
    /// <summary>Whether it takes no more.</summary>
    bool IsFull { get; }

    /// <summary>Takes the next superstep.</summary>
    void Add(SuperstepRecord superstep);
}

/// <summary>Gives what a device did, superstep by superstep.</summary>
public interface IRecordSource
{
    /// <summary>
    /// Whether the device did more than is given, so that an end of the source says nothing of an end of the run. Known
    /// once <see cref="Next"/> has given null.
    /// </summary>
    bool IsCut { get; }

    /// <summary>The next superstep; null at the end.</summary>
    SuperstepRecord? Next();
}
