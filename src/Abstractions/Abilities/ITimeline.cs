namespace NeuroHal;

/// <summary>An ability: tells what happened when.</summary>
public interface ITimeline
{
    /// <summary>Starts telling a sink, from the next superstep on; null ends it.</summary>
    void Record(ITimelineSink? sink);
}

/// <summary>Is told a device's timeline, superstep by superstep. Spans of one track never overlap.</summary>
public interface ITimelineSink
{
    /// <summary>Something lasted.</summary>
    void Span(TimelineSpan span);

    /// <summary>A core's performance level from a moment on.</summary>
    void Level(int core, PerformanceLevel level, SimTime at);
}

/// <summary>A stretch of a device's timeline.</summary>
/// <param name="Track">Where it happened, such as <c>core 0</c> or <c>core 0 DMA</c>.</param>
/// <param name="Activity">What it was, in kind.</param>
/// <param name="Name">What it was, by name: the kernel, or what was transferred.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
public readonly record struct TimelineSpan(string Track, TimelineActivity Activity, string Name, SimTime Start, SimTime End);

/// <summary>What a stretch of time was spent on.</summary>
public enum TimelineActivity
{
    /// <summary>A core computed.</summary>
    Compute,

    /// <summary>A core or engine moved data.</summary>
    Transfer,

    /// <summary>A core waited.</summary>
    Wait,

    /// <summary>A core changed its performance level.</summary>
    LevelSwitch,
}
