using NeuroHal.Cli.Timelines;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Timelines;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A <c>timeline.json</c>, as a report shows it.</summary>
internal sealed class TimelineReader : FuzzedReader
{
    private readonly string _file;

    public TimelineReader(string folder)
    {
        _file = Path.Combine(folder, "timeline.json");
        Seeds = [Recorded(cores: 1), Recorded(cores: 6)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        RecordedTimeline timeline = RecordedTimeline.Read(_file);
        if (!(double.IsFinite(timeline.Microseconds) && timeline.Microseconds > 0))
        {
            throw new NotFiniteNumberException($"A figure is none: {timeline.Microseconds}.");
        }
        TimelineLayout layout = TimelineLayout.Of(timeline);
        return [.. layout.Rows.Select(r => $"{r.Marks.Count} marks"), .. layout.Legend.Select(l => $"{l.Microseconds} us")];
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);

    private static byte[] Recorded(int cores)
    {
        var recorder = new TimelineRecorder();
        for (int core = 0; core < cores; core++)
        {
            recorder.Level(core, new PerformanceLevel("PL2", 0.5, 200e6), SimTime.Zero);
            for (int i = 0; i < 4; i++)
            {
                SimTime begin = SimTime.FromNanoseconds((1000 * i) + core);
                recorder.Span(new TimelineSpan($"core {core}", (TimelineActivity)i, $"sparse-forward {i}", begin, begin + SimTime.FromNanoseconds(700)));
                recorder.Span(new TimelineSpan($"core {core} DMA", TimelineActivity.Transfer, "load 785 B", begin, begin + SimTime.FromNanoseconds(300)));
            }
        }
        using var stream = new MemoryStream();
        ChromeTrace.Write(stream, recorder);
        return stream.ToArray();
    }
}
