namespace NeuroHal;

/// <summary>The contents of one core's SRAM, for the time of a kernel call: turns a buffer's handle into a span.</summary>
public readonly ref struct SramView
{
    private readonly SramStorage _storage;

    internal SramView(SramStorage storage) => _storage = storage;

    /// <summary>The elements of a buffer.</summary>
    /// <exception cref="BadArgumentException">The handle is stale or of another core.</exception>
    public Span<T> Span<T>(SramBuffer<T> buffer) where T : struct => _storage.Contents(buffer);

    /// <summary>The elements of a range.</summary>
    /// <exception cref="BadArgumentException">The handle is stale or of another core.</exception>
    public Span<T> Span<T>(SramRange<T> range) where T : struct =>
        _storage.Contents(range.Buffer).Slice(range.Start, range.Length);
}
