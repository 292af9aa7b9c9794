namespace NeuroHal.Reports.Timelines;

/// <summary>An event of a trace, with what is needed of it here.</summary>
internal struct TraceEvent
{
    /// <summary>What it is: <c>X</c> lasted, <c>M</c> describes a track.</summary>
    public string? Kind { get; set; }

    public string? Name { get; set; }

    public string? Category { get; set; }

    /// <summary>The name given to a track.</summary>
    public string? Given { get; set; }

    public int Track { get; set; }

    /// <summary>When it began, in microseconds.</summary>
    public double Start { get; set; }

    /// <summary>How long it lasted, in microseconds.</summary>
    public double Duration { get; set; }
}
