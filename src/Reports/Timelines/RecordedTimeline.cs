namespace NeuroHal.Reports.Timelines;

/// <summary>A stretch of a track.</summary>
/// <param name="Activity">What it was, in kind.</param>
/// <param name="Name">What it was, by name.</param>
/// <param name="Start">When it began, in microseconds from the start of the excerpt.</param>
/// <param name="End">When it ended.</param>
internal readonly record struct Span(TimelineActivity Activity, string Name, double Start, double End);

/// <summary>A track of a timeline.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spans">What happened on it in the excerpt, in order.</param>
internal sealed record Track(string Name, IReadOnlyList<Span> Spans);

/// <summary>
/// The end of what was recorded of a run's first samples: short enough to tell kernels apart. Of many cores the first are kept, and
/// what they share.
/// </summary>
internal sealed record RecordedTimeline
{
    // Of 20 samples recorded the last three: with the rewiring after the twentieth in the paper's preset.
    private const double Share = 0.15;
    private const int MostCores = 4;

    /// <summary>The tracks, in the order of the file.</summary>
    public required IReadOnlyList<Track> Tracks { get; init; }

    /// <summary>The tracks left out.</summary>
    public required int TracksLeftOut { get; init; }

    /// <summary>What is shown lasts so long, in microseconds.</summary>
    public required double Microseconds { get; init; }

    /// <summary>All that was recorded lasts so long, in microseconds.</summary>
    public required double RecordedMicroseconds { get; init; }

    /// <summary>Reads a file of <see cref="Results.RunFiles.Timeline"/>.</summary>
    /// <exception cref="BadDataException">It cannot be read, or is no timeline.</exception>
    public static RecordedTimeline Read(string path)
    {
        try
        {
            (Dictionary<int, string> names, double begin, double end) = Extent(path);
            double from = end - ((end - begin) * Share);
            Dictionary<int, List<Span>> kept = names.Where(n => IsKept(n.Value)).ToDictionary(n => n.Key, _ => new List<Span>());
            Each(path, e =>
            {
                if (e.Kind == "X" && kept.TryGetValue(e.Track, out List<Span>? spans) && e.Start + e.Duration > from)
                {
                    spans.Add(new Span(Activity(e), string.Intern(e.Name ?? ""), Math.Max(0, e.Start - from), e.Start + e.Duration - from));
                }
            });
            return new RecordedTimeline
            {
                Tracks = [.. kept.Select(k => new Track(names[k.Key], [.. k.Value.OrderBy(s => s.Start)]))],
                TracksLeftOut = names.Count - kept.Count,
                Microseconds = end - from,
                RecordedMicroseconds = end - begin,
            };
        }
        catch (Exception e) when (e is BadDataException or IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: {e.Message}", e);
        }
    }

    private static (Dictionary<int, string> Names, double Begin, double End) Extent(string path)
    {
        var names = new Dictionary<int, string>();
        (double begin, double end) = (double.MaxValue, double.MinValue);
        Each(path, e =>
        {
            if (e is { Kind: "M", Name: "thread_name", Given: { } given })
            {
                names[e.Track] = given;
            }
            else if (e.Kind == "X")
            {
                if (!(e.Start >= 0 && e.Duration >= 0 && double.IsFinite(e.Start + e.Duration)))
                {
                    throw new BadDataException($"It is no timeline: '{PrintableLine.Of(e.Name ?? "")}' begins or ends at no time.");
                }
                begin = Math.Min(begin, e.Start);
                end = Math.Max(end, e.Start + e.Duration);
            }
        });
        return end > begin ? (names, begin, end) : throw new BadDataException("It is no timeline: nothing in it lasts.");
    }

    private static void Each(string path, Action<TraceEvent> take)
    {
        using FileStream stream = File.OpenRead(path);
        TraceReader.Read(stream, take);
    }

    // "core 7" and "core 7 DMA" are a core's own.
    private static bool IsKept(string track) => !(track.Split(' ') is ["core", { } number, ..] && int.TryParse(number, out int core) && core >= MostCores);

    private static TimelineActivity Activity(TraceEvent e) => e.Category switch
    {
        nameof(TimelineActivity.Compute) => TimelineActivity.Compute,
        nameof(TimelineActivity.Transfer) => TimelineActivity.Transfer,
        nameof(TimelineActivity.Wait) => TimelineActivity.Wait,
        nameof(TimelineActivity.LevelSwitch) => TimelineActivity.LevelSwitch,
        _ => throw new BadDataException($"It is no timeline: '{PrintableLine.Of(e.Category ?? "")}' is no activity."),
    };
}
