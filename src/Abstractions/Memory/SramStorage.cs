using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal;

/// <summary>
/// A core's SRAM as host memory: the allocator and the bytes. Backends that simulate memory build their cores on it,
/// so that allocation, alignment and stale handles behave the same on all of them.
/// </summary>
/// <remarks>
/// Arguments are checked in front of it (<see cref="ValidatingDevice"/>); handles are checked here, because only here
/// a kernel's use of them is seen. Allocation is first fit in order of address. The bytes grow on demand, so an unlimited
/// core costs nothing up front. Address 0 lies at the start of one of the host's cache lines, so that what is aligned in
/// SRAM is aligned on the host. Not thread-safe: a core belongs to one thread at a time.
/// </remarks>
public sealed class SramStorage : ISram
{
    private const int CacheLine = 64;
    private const int LargestStep = 8192;

    private readonly SramLayout _layout = new();
    private readonly List<Slot> _slots = [];
    private readonly int _core;
    private byte[] _bytes = [];
    private int _origin;

    /// <summary>An empty SRAM.</summary>
    /// <param name="core">The core it belongs to.</param>
    /// <param name="capacity">Its size; at most what one host array can hold (2 GiB less 64 bytes).</param>
    public SramStorage(int core, Bytes capacity)
    {
        if (capacity.Count < 1 || capacity.Count > Array.MaxLength)
        {
            throw new BadArgumentException(
                $"SRAM of core {core}: capacity {capacity} is outside 1 to {new Bytes(Array.MaxLength)}.");
        }
        _core = core;
        Capacity = capacity;
    }

    /// <inheritdoc/>
    public Bytes Capacity { get; }

    /// <inheritdoc/>
    public Bytes Used => _layout.Used;

    /// <inheritdoc/>
    public IReadOnlyList<SramRegion> Map => _layout.Map;

    /// <summary>The contents, for a kernel or a transfer to work on. Do not keep it across an allocation.</summary>
    public SramView View => new(this);

    /// <inheritdoc/>
    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        int offset = Place(name, (long)length * Unsafe.SizeOf<T>(), Math.Max(SramLayout.WordBytes, Unsafe.SizeOf<T>()));
        int region = _slots.FindIndex(s => !s.Live);
        if (region < 0)
        {
            region = _slots.Count;
            _slots.Add(default);
        }
        int generation = _slots[region].Generation + 1;
        _slots[region] = new Slot(generation, offset, true, name);
        return new SramBuffer<T>(_core, region, generation, offset, length);
    }

    /// <inheritdoc/>
    public void Reserve(string name, Bytes size)
    {
        Place(name, size.Count, SramLayout.WordBytes);
    }

    /// <inheritdoc/>
    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        Check(buffer);
        Slot slot = _slots[buffer.Region];
        _slots[buffer.Region] = slot with { Live = false };
        _layout.Remove(slot.Offset);
    }

    /// <summary>Makes sure that a handle is live and of this core.</summary>
    /// <exception cref="BadArgumentException">It is not; the message names the buffer and the core.</exception>
    public void Check<T>(SramBuffer<T> buffer) where T : struct
    {
        if (!IsLive(buffer.Core, buffer.Region, buffer.Generation))
        {
            throw Stale(buffer);
        }
    }

    internal Span<T> Contents<T>(SramBuffer<T> buffer) where T : struct
    {
        Check(buffer);
        return MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref _bytes[_origin + buffer.Offset]), buffer.Length);
    }

    private bool IsLive(int core, int region, int generation) =>
        core == _core && (uint)region < (uint)_slots.Count
        && _slots[region] is var slot && slot.Live && slot.Generation == generation;

    private BadArgumentException Stale<T>(SramBuffer<T> buffer) where T : struct
    {
        if (!buffer.IsPresent)
        {
            return new BadArgumentException($"Core {_core}: a buffer that was never allocated was used.");
        }
        if (buffer.Core != _core)
        {
            return new BadArgumentException(
                $"Core {_core}: the buffer at offset {buffer.Offset} belongs to core {buffer.Core}; send it over the NoC.");
        }
        string name = (uint)buffer.Region < (uint)_slots.Count ? _slots[buffer.Region].Name : "?";
        return new BadArgumentException($"Core {_core}: buffer '{name}' at offset {buffer.Offset} was used after its release.");
    }

    private int Place(string name, long size, int alignment)
    {
        if (_layout.Place(name, new Bytes(size), alignment, Capacity) is not { } offset)
        {
            throw new SramExhaustedException(_core, name, new Bytes(size), Capacity, Map);
        }
        int end = (int)(offset + size);
        long held = _bytes.Length - _origin;
        if (held < end)
        {
            // Twice as much while it is little; of thousands of cores no more than a little in vain.
            Grow((int)Math.Min(Capacity.Count, Math.Max(end, Math.Min(2 * held, held + (held / 8) + LargestStep))));
        }
        _bytes.AsSpan(_origin + (int)offset, (int)size).Clear();
        return (int)offset;
    }

    private void Grow(int size)
    {
        // Pinned, so that it stays where it is aligned.
        byte[] bytes = GC.AllocateArray<byte>((int)Math.Min(Array.MaxLength, size + (CacheLine - 1L)), pinned: true);
        int origin = Math.Min(bytes.Length - size, (int)(-(long)Address(bytes) & (CacheLine - 1)));
        _bytes.AsSpan(_origin).CopyTo(bytes.AsSpan(origin));
        (_bytes, _origin) = (bytes, origin);
    }

    private static nint Address(byte[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private readonly record struct Slot(int Generation, int Offset, bool Live, string Name);
}
