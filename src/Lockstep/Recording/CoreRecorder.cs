using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Recording;

/// <summary>Writes down what one core does: of SRAM only what changed since the event before.</summary>
internal sealed class CoreRecorder : ICoreWatcher
{
    // By number of allocation: what the buffer held when last seen.
    private readonly List<byte[]> _seen = [];
    private List<CoreEvent> _events = [];

    public void Allocated(WatchedBuffer buffer)
    {
        _seen.Add(new byte[buffer.Bytes.Length]);
        _events.Add(new CoreEvent(EventKind.Allocate, buffer.Name, new BufferShape(buffer.Layout, buffer.Length), []));
    }

    public void Released(WatchedBuffer buffer)
    {
        _seen[buffer.Ordinal] = [];
        _events.Add(new CoreEvent(EventKind.Release, buffer.Name, null, []));
    }

    public void Observe(EventKind kind, string name, IReadOnlyList<WatchedBuffer> buffers, SramView sram)
    {
        List<BufferChange>? changes = null;
        foreach (WatchedBuffer buffer in buffers)
        {
            ReadOnlySpan<byte> now = sram.Span(buffer.Bytes);
            Span<byte> seen = _seen[buffer.Ordinal];
            int start = now.CommonPrefixLength(seen);
            if (start == now.Length)
            {
                continue;
            }
            int end = now.Length;
            while (now[end - 1] == seen[end - 1])
            {
                end--;
            }
            byte[] content = now[start..end].ToArray();
            content.CopyTo(seen[start..]);
            (changes ??= []).Add(new BufferChange(buffer.Ordinal, start, content));
        }
        _events.Add(new CoreEvent(kind, name, null, changes ?? (IReadOnlyList<BufferChange>)[]));
    }

    /// <summary>What happened since the last time.</summary>
    public IReadOnlyList<CoreEvent> Take()
    {
        List<CoreEvent> events = _events;
        _events = [];
        return events;
    }
}
