using System.Runtime.CompilerServices;

namespace NeuroHal;

internal sealed class ValidatingSram(int core, ISram sram, ValidatingDevice device) : ISram
{
    // By region: the buffer it holds, or held last, so that an error can name it.
    private (int Generation, string Name, int Bytes, bool Live)[] _buffers = [];

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
        device.RequireBetweenSupersteps($"SRAM buffer '{name}' of core {core} was allocated");
        SramBuffer<T> buffer = sram.Allocate<T>(name, length);
        if (buffer.Region >= _buffers.Length)
        {
            Array.Resize(ref _buffers, buffer.Region + 1);
        }
        _buffers[buffer.Region] = (buffer.Generation, name, length * Unsafe.SizeOf<T>(), true);
        return buffer;
    }

    public void Reserve(string name, Bytes size)
    {
        if (size.Count < 1)
        {
            throw new BadArgumentException($"Core {core}: SRAM reservation '{name}': {size} is below 1 B.");
        }
        device.RequireBetweenSupersteps($"SRAM for '{name}' of core {core} was reserved");
        sram.Reserve(name, size);
    }

    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        Check<T>(buffer);
        device.RequireBetweenSupersteps($"SRAM buffer '{_buffers[buffer.Region].Name}' of core {core} was released");
        _buffers[buffer.Region].Live = false;
        sram.Release(buffer);
    }

    public void Check<T>(SramRange<T> range) where T : struct
    {
        SramBuffer<T> buffer = range.Buffer;
        if (buffer.Core != core && buffer.IsPresent)
        {
            throw new BadArgumentException(
                $"Core {core}: the buffer of core {buffer.Core} at offset {buffer.Offset} was used here; send it over the NoC.");
        }
        if ((uint)buffer.Region >= (uint)_buffers.Length || !buffer.IsPresent)
        {
            throw new BadArgumentException($"Core {core}: a buffer was used that was never allocated there.");
        }
        ref readonly (int Generation, string Name, int Bytes, bool Live) held = ref _buffers[buffer.Region];
        if (held.Generation != buffer.Generation || !held.Live)
        {
            string now = held.Generation == buffer.Generation ? $"SRAM buffer '{held.Name}'" : "an SRAM buffer";
            throw new BadArgumentException($"Core {core}: {now} at offset {buffer.Offset} was used after its release.");
        }
        int available = held.Bytes / Unsafe.SizeOf<T>();
        if (!MemoryRange.Holds(available, range.Start, range.Length))
        {
            throw MemoryRange.Outside($"Core {core}: SRAM buffer '{held.Name}'", range.Start, range.Length, available);
        }
    }
}
