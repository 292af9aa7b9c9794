using System.Runtime.CompilerServices;
using NeuroHal.Lockstep.Elements;

namespace NeuroHal.Lockstep.Watching;

internal sealed class WatchedSram(ISram sram, ICoreWatcher watcher) : ISram
{
    private readonly List<WatchedBuffer> _buffers = [];
    private int _allocations;

    public IReadOnlyList<WatchedBuffer> Buffers => _buffers;

    public Bytes Capacity => sram.Capacity;

    public Bytes Used => sram.Used;

    public IReadOnlyList<SramRegion> Map => sram.Map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        SramBuffer<T> buffer = sram.Allocate<T>(name, length);
        var bytes = new SramBuffer<byte>(buffer.Core, buffer.Region, buffer.Generation, buffer.Offset, length * Unsafe.SizeOf<T>());
        var watched = new WatchedBuffer(_allocations++, name, ElementLayout.Of<T>(), length, bytes);
        _buffers.Add(watched);
        watcher.Allocated(watched);
        return buffer;
    }

    public void Reserve(string name, Bytes size) => sram.Reserve(name, size);

    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        sram.Release(buffer);
        WatchedBuffer released = _buffers.Single(b => b.Bytes.Region == buffer.Region);
        _buffers.Remove(released);
        watcher.Released(released);
    }
}
