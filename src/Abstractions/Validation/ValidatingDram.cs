using System.Runtime.CompilerServices;

namespace NeuroHal;

internal sealed class ValidatingDram(IDram dram) : IDram
{
    private readonly Dictionary<int, int> _lengths = [];

    public Bytes Capacity => dram.Capacity;

    public Bytes Used => dram.Used;

    public DramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        ElementType.RequirePlain<T>($"DRAM buffer '{name}'");
        if (length < 1)
        {
            throw new BadArgumentException($"DRAM buffer '{name}': length {length} is below 1.");
        }
        DramBuffer<T> buffer = dram.Allocate<T>(name, length);
        _lengths[buffer.Id] = length * Unsafe.SizeOf<T>();
        return buffer;
    }

    public void Release<T>(DramBuffer<T> buffer) where T : struct
    {
        Check<T>(buffer);
        _lengths.Remove(buffer.Id);
        dram.Release(buffer);
    }

    public void Check<T>(DramRange<T> range) where T : struct
    {
        if (!_lengths.TryGetValue(range.Buffer.Id, out int bytes))
        {
            throw new BadArgumentException($"DRAM buffer {range.Buffer.Id} is not, or no longer, allocated.");
        }
        MemoryRange.Check($"DRAM buffer {range.Buffer.Id}", range.Start, range.Length, bytes / Unsafe.SizeOf<T>());
    }
}
