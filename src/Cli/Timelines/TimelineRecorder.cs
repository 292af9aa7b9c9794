namespace NeuroHal.Cli.Timelines;

/// <summary>Keeps a device's timeline while training goes through its first samples.</summary>
internal sealed class TimelineRecorder : ITimelineSink
{
    /// <summary>The samples recorded: enough to see rewiring twice, few enough to read.</summary>
    public const int Samples = 20;

    private readonly List<TimelineSpan> _spans = [];
    private readonly List<(int Core, PerformanceLevel Level, SimTime At)> _levels = [];

    public IReadOnlyList<TimelineSpan> Spans => _spans;

    public IReadOnlyList<(int Core, PerformanceLevel Level, SimTime At)> Levels => _levels;

    /// <summary>The tracks, cores first, each followed by its DMA engine; then what cores share.</summary>
    public IReadOnlyList<string> Tracks =>
        [.. _spans.Select(s => s.Track).Distinct().OrderBy(t => t.StartsWith("core", StringComparison.Ordinal) ? 0 : 1).ThenBy(t => t, NaturalOrder)];

    private static Comparer<string> NaturalOrder { get; } = Comparer<string>.Create((a, b) =>
    {
        int byNumber = Number(a).CompareTo(Number(b));
        return byNumber != 0 ? byNumber : string.CompareOrdinal(a, b);
    });

    public void Span(TimelineSpan span) => _spans.Add(span);

    public void Level(int core, PerformanceLevel level, SimTime at) => _levels.Add((core, level, at));

    private static int Number(string track) => int.TryParse(track.Split(' ').ElementAtOrDefault(1), out int number) ? number : 0;
}
