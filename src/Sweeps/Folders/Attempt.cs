namespace NeuroHal.Sweeps.Folders;

/// <summary>One time that a run was begun or gone on with.</summary>
public sealed record Attempt
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>What started it: <c>local</c> or <c>slurm</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The host or node it was on.</summary>
    public required string Node { get; init; }

    /// <summary>The engine's own name for it, such as a job's number; null where it has none.</summary>
    public string? Job { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Whether it went on from a checkpoint.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>How long it took, in seconds; null while it goes on, and where it was killed.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>The exit code; null while it goes on, and where it was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What went wrong, in one line.</summary>
    public string? Error { get; init; }

    /// <summary>The most memory its process held, in bytes.</summary>
    public long? PeakBytes { get; init; }
}

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>It was not begun yet.</summary>
    Waiting,

    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>It was begun and ended before its end; it goes on from its last checkpoint.</summary>
    Interrupted,

    /// <summary>It has a result.</summary>
    Done,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It does not fit its device.</summary>
    DoesNotFit,
}
