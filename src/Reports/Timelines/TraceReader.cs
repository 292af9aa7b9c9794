using System.Text.Json;

namespace NeuroHal.Reports.Timelines;

/// <summary>Reads a trace event by event: with many cores it is too large to be held as a whole.</summary>
internal static class TraceReader
{
    private const int FirstBuffer = 1 << 16;

    // A token longer than this is no name of anything.
    private const int LargestBuffer = 1 << 24;

    /// <summary>Hands over each event of the array <c>traceEvents</c>.</summary>
    /// <exception cref="BadDataException">It is no trace.</exception>
    public static void Read(Stream stream, Action<TraceEvent> each)
    {
        byte[] buffer = new byte[FirstBuffer];
        int held = 0;
        var state = new JsonReaderState();
        var position = new Position(each);
        try
        {
            while (true)
            {
                int read = stream.Read(buffer, held, buffer.Length - held);
                held += read;
                var json = new Utf8JsonReader(buffer.AsSpan(0, held), isFinalBlock: read == 0, state);
                while (json.Read())
                {
                    position.Take(ref json);
                }
                if (read == 0)
                {
                    break;
                }
                state = json.CurrentState;
                int consumed = (int)json.BytesConsumed;
                if (consumed == 0 && held == buffer.Length)
                {
                    Array.Resize(ref buffer, held < LargestBuffer ? held * 2 : throw new BadDataException("It is no trace: a value in it is too long."));
                }
                buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
                held -= consumed;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadDataException($"It is no trace: {PrintableLine.Of(e.Message)}", e);
        }
        if (!position.SawEvents)
        {
            throw new BadDataException("It is no trace: it has no 'traceEvents'.");
        }
    }

    /// <summary>Where in the document reading is.</summary>
    private sealed class Position(Action<TraceEvent> each)
    {
        private const int EventDepth = 2;
        private TraceEvent _event;
        private string _property = "";
        private bool _inEvents;

        public bool SawEvents { get; private set; }

        public void Take(ref Utf8JsonReader json)
        {
            int depth = json.CurrentDepth;
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _property = json.GetString()!;
                    break;
                case JsonTokenType.StartArray when depth == EventDepth - 1 && _property == "traceEvents":
                    SawEvents = _inEvents = true;
                    break;
                case JsonTokenType.EndArray when depth == EventDepth - 1:
                    _inEvents = false;
                    break;
                case JsonTokenType.StartObject when _inEvents && depth == EventDepth:
                    _event = default;
                    break;
                case JsonTokenType.EndObject when _inEvents && depth == EventDepth:
                    each(_event);
                    break;
                case JsonTokenType.String or JsonTokenType.Number when _inEvents && depth == EventDepth + 1:
                    Set(ref json);
                    break;
                case JsonTokenType.String when _inEvents && depth == EventDepth + 2 && _property == "name":
                    _event.Given = json.GetString();
                    break;
            }
        }

        private void Set(ref Utf8JsonReader json)
        {
            switch (_property)
            {
                case "ph":
                    _event.Kind = json.GetString();
                    break;
                case "name":
                    _event.Name = json.GetString();
                    break;
                case "cat":
                    _event.Category = json.GetString();
                    break;
                case "tid":
                    _event.Track = json.TryGetInt32(out int track) ? track : throw new BadDataException("It is no trace: a 'tid' is no number of a track.");
                    break;
                case "ts":
                    _event.Start = json.GetDouble();
                    break;
                case "dur":
                    _event.Duration = json.GetDouble();
                    break;
            }
        }
    }
}
