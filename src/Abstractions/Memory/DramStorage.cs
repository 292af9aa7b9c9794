using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal;

/// <summary>External memory as host memory, for backends that simulate it. Not thread-safe while it allocates.</summary>
/// <param name="capacity">Its size.</param>
public sealed class DramStorage(Bytes capacity) : IDram
{
    private readonly Dictionary<int, (string Name, byte[] Bytes)> _buffers = [];
    private int _lastId;

    /// <inheritdoc/>
    public Bytes Capacity => capacity;

    /// <inheritdoc/>
    public Bytes Used { get; private set; }

    /// <inheritdoc/>
    public DramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        var size = new Bytes((long)length * Unsafe.SizeOf<T>());
        if (Used + size > Capacity || size.Count > Array.MaxLength)
        {
            throw new CapacityExceededException($"DRAM: '{name}' needs {size}, but {Capacity - Used} of {Capacity} are free.");
        }
        _buffers.Add(++_lastId, (name, new byte[size.Count]));
        Used += size;
        return new DramBuffer<T>(_lastId, length);
    }

    /// <inheritdoc/>
    public void Release<T>(DramBuffer<T> buffer) where T : struct
    {
        Used -= new Bytes(Find(buffer).Length);
        _buffers.Remove(buffer.Id);
    }

    /// <summary>The elements of a range.</summary>
    /// <exception cref="BadArgumentException">The handle is stale.</exception>
    public Span<T> Span<T>(DramRange<T> range) where T : struct =>
        MemoryMarshal.Cast<byte, T>(Find(range.Buffer).AsSpan()).Slice(range.Start, range.Length);

    private byte[] Find<T>(DramBuffer<T> buffer) where T : struct =>
        _buffers.TryGetValue(buffer.Id, out var found)
            ? found.Bytes
            : throw new BadArgumentException($"DRAM buffer {buffer.Id} was used after its release, or belongs to another device.");
}
