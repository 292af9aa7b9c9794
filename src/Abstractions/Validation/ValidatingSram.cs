using System.Runtime.CompilerServices;

namespace NeuroHal;

internal sealed class ValidatingSram(int core, ISram sram) : ISram
{
    private readonly Dictionary<(int Region, int Generation), int> _lengths = [];

    public Bytes Capacity => sram.Capacity;

    public Bytes Used => sram.Used;

    public IReadOnlyList<SramRegion> Map => sram.Map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        ElementType.RequirePlain<T>($"Core {core}: SRAM buffer '{name}'");
        if (length < 1)
        {
            throw new BadArgumentException($"Core {core}: SRAM buffer '{name}': length {length} is below 1.");
        }
        SramBuffer<T> buffer = sram.Allocate<T>(name, length);
        _lengths[(buffer.Region, buffer.Generation)] = length * Unsafe.SizeOf<T>();
        return buffer;
    }

    public void Reserve(string name, Bytes size)
    {
        if (size.Count < 1)
        {
            throw new BadArgumentException($"Core {core}: SRAM reservation '{name}': {size} is below 1 B.");
        }
        sram.Reserve(name, size);
    }

    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        Check<T>(buffer);
        _lengths.Remove((buffer.Region, buffer.Generation));
        sram.Release(buffer);
    }

    public void Check<T>(SramRange<T> range) where T : struct
    {
        SramBuffer<T> buffer = range.Buffer;
        if (buffer.Core != core || !_lengths.TryGetValue((buffer.Region, buffer.Generation), out int bytes))
        {
            throw new BadArgumentException(
                $"Core {core}: a buffer was used that is not, or no longer, allocated there "
                + $"(core {buffer.Core}, offset {buffer.Offset}, {buffer.Length} elements).");
        }
        MemoryRange.Check($"Core {core}: SRAM buffer at offset {buffer.Offset}", range.Start, range.Length, bytes / Unsafe.SizeOf<T>());
    }
}
