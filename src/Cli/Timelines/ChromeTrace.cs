using System.Text.Json;

namespace NeuroHal.Cli.Timelines;

/// <summary>
/// Writes a timeline in the JSON of Chrome's tracing ("Trace Event Format"), which Perfetto opens: a track for each core,
/// DMA engine and the external memory, and each core's clock as a counter. Times are in microseconds.
/// </summary>
internal static class ChromeTrace
{
    private const double PicosecondsPerMicrosecond = 1e6;
    private const int Process = 1;

    // What every trace begins with, as it is written below.
    private static ReadOnlySpan<byte> Start => "{\"displayTimeUnit\":\"ns\",\"traceEvents\":["u8;

    /// <summary>Whether a file is a trace by its first bytes, or empty, as a run leaves it that ended before its trace was written.</summary>
    public static bool IsOne(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] bytes = new byte[Start.Length];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == 0 || bytes.AsSpan(0, length).SequenceEqual(Start);
    }

    public static void Write(Stream stream, TimelineRecorder timeline)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = false });
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ns");
        json.WriteStartArray("traceEvents");
        IReadOnlyList<string> tracks = timeline.Tracks;
        var numbers = new Dictionary<string, int>();
        for (int i = 0; i < tracks.Count; i++)
        {
            numbers[tracks[i]] = i + 1;
            Metadata(json, "thread_name", i + 1, "name", tracks[i]);
            json.WriteStartObject();
            json.WriteString("ph", "M");
            json.WriteString("name", "thread_sort_index");
            json.WriteNumber("pid", Process);
            json.WriteNumber("tid", i + 1);
            json.WriteStartObject("args");
            json.WriteNumber("sort_index", i);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        foreach (TimelineSpan span in timeline.Spans)
        {
            json.WriteStartObject();
            json.WriteString("ph", "X");
            json.WriteString("name", span.Name);
            json.WriteString("cat", span.Activity.ToString());
            json.WriteNumber("pid", Process);
            json.WriteNumber("tid", numbers[span.Track]);
            json.WriteNumber("ts", span.Start.Picoseconds / PicosecondsPerMicrosecond);
            json.WriteNumber("dur", (span.End - span.Start).Picoseconds / PicosecondsPerMicrosecond);
            json.WriteEndObject();
        }
        foreach ((int core, PerformanceLevel level, SimTime at) in timeline.Levels)
        {
            json.WriteStartObject();
            json.WriteString("ph", "C");
            json.WriteString("name", $"core {core} MHz");
            json.WriteNumber("pid", Process);
            json.WriteNumber("ts", at.Picoseconds / PicosecondsPerMicrosecond);
            json.WriteStartObject("args");
            json.WriteNumber("MHz", level.Hertz / 1e6);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Metadata(Utf8JsonWriter json, string name, int track, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("ph", "M");
        json.WriteString("name", name);
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", track);
        json.WriteStartObject("args");
        json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
