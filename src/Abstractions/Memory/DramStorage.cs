using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal;

/// <summary>External memory as host memory, for backends that simulate it. Not thread-safe while it allocates.</summary>
/// <param name="capacity">Its size.</param>
public sealed class DramStorage(Bytes capacity) : IDram
{
    private const int CacheLine = 64;

    // By id, which counts from 1; null once released.
    private readonly List<byte[]?> _buffers = [null];

    private volatile bool _isToBeRead;

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
        var memory = new byte[size.Count];
        LargePages.AskFor(memory);
        _buffers.Add(memory);
        Used += size;
        return new DramBuffer<T>(_buffers.Count - 1, length);
    }

    /// <inheritdoc/>
    public void Release<T>(DramBuffer<T> buffer) where T : struct
    {
        TellReaders();
        Used -= new Bytes(Find(buffer).Length);
        _buffers[buffer.Id] = null;
    }

    /// <summary>Raised before contents change that somebody may be to read.</summary>
    internal event Action? Changing;

    /// <summary>
    /// Somebody is to read later what is there now, if it has not changed by then. May be called on several threads at once, and costs them
    /// nothing as long as nothing changes.
    /// </summary>
    internal void BeginRead()
    {
        if (!_isToBeRead)
        {
            _isToBeRead = true;
        }
    }

    /// <summary>The elements of a range, to read.</summary>
    /// <exception cref="BadArgumentException">The handle is stale.</exception>
    public ReadOnlySpan<T> Read<T>(DramRange<T> range) where T : struct =>
        MemoryMarshal.Cast<byte, T>(Find(range.Buffer).AsSpan()).Slice(range.Start, range.Length);

    /// <summary>The elements of a range, to write at once; do not keep it.</summary>
    /// <exception cref="BadArgumentException">The handle is stale.</exception>
    public Span<T> Write<T>(DramRange<T> range) where T : struct
    {
        TellReaders();
        return MemoryMarshal.Cast<byte, T>(Find(range.Buffer).AsSpan()).Slice(range.Start, range.Length);
    }

    /// <summary>Has the host bring a range closer, so that it is there when it is read.</summary>
    internal unsafe void Prefetch(DramRange<byte> range)
    {
        if (Sse.IsSupported)
        {
            fixed (byte* bytes = Read(range))
            {
                for (int i = 0; i < range.Length; i += CacheLine)
                {
                    Sse.Prefetch1(bytes + i);
                }
            }
        }
    }

    private void TellReaders()
    {
        if (_isToBeRead)
        {
            _isToBeRead = false;
            Changing?.Invoke();
        }
    }

    private byte[] Find<T>(DramBuffer<T> buffer) where T : struct =>
        (uint)buffer.Id < (uint)_buffers.Count && _buffers[buffer.Id] is { } found
            ? found
            : throw new BadArgumentException($"DRAM buffer {buffer.Id} was used after its release, or belongs to another device.");
}
