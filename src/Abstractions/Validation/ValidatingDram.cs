using System.Runtime.CompilerServices;

namespace NeuroHal;

internal sealed class ValidatingDram(IDram dram, ValidatingDevice device) : IDram
{
    private readonly Dictionary<int, (string Name, int Bytes)> _buffers = [];

    public Bytes Capacity => dram.Capacity;

    public Bytes Used => dram.Used;

    public DramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        ElementType.RequirePlain<T>($"DRAM buffer '{name}'");
        if (length < 1)
        {
            throw new BadArgumentException($"DRAM buffer '{name}': length {length} is below 1.");
        }
        device.RequireBetweenSupersteps($"DRAM buffer '{name}' was allocated");
        DramBuffer<T> buffer = dram.Allocate<T>(name, length);
        _buffers[buffer.Id] = (name, length * Unsafe.SizeOf<T>());
        return buffer;
    }

    public void Release<T>(DramBuffer<T> buffer) where T : struct
    {
        Check<T>(buffer);
        device.RequireBetweenSupersteps($"DRAM buffer '{_buffers[buffer.Id].Name}' was released");
        _buffers.Remove(buffer.Id);
        dram.Release(buffer);
    }

    public void Check<T>(DramRange<T> range) where T : struct
    {
        if (!_buffers.TryGetValue(range.Buffer.Id, out var held))
        {
            throw new BadArgumentException($"DRAM buffer {range.Buffer.Id} is not, or no longer, allocated.");
        }
        int available = held.Bytes / Unsafe.SizeOf<T>();
        if (!MemoryRange.Holds(available, range.Start, range.Length))
        {
            throw MemoryRange.Outside($"DRAM buffer '{held.Name}'", range.Start, range.Length, available);
        }
    }
}
