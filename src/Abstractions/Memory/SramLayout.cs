namespace NeuroHal;

/// <summary>
/// Who holds which addresses of an SRAM: first fit in order of address. Storage and plans place by it, so what is
/// planned is what is allocated.
/// </summary>
public sealed class SramLayout
{
    /// <summary>Buffers are aligned to this many bytes at least.</summary>
    public const int WordBytes = 4;

    private readonly List<SramRegion> _map = [];

    /// <summary>Who holds what, in order of address.</summary>
    public IReadOnlyList<SramRegion> Map => [.. _map];

    /// <summary>The sum of what is held, alignment gaps not counted.</summary>
    public Bytes Used { get; private set; }

    /// <summary>The address behind the last region.</summary>
    public Bytes End => _map.Count == 0 ? Bytes.Zero : new Bytes(_map[^1].Offset) + _map[^1].Size;

    /// <summary>Finds the first gap for a region and puts it there.</summary>
    /// <param name="name">The holder.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="alignment">What its address must be a multiple of.</param>
    /// <param name="capacity">The address it must end at or before.</param>
    /// <returns>Its address, or null where there is no gap of that size.</returns>
    public long? Place(string name, Bytes size, int alignment, Bytes capacity)
    {
        long offset = 0;
        int index = 0;
        for (; index < _map.Count; index++)
        {
            offset = Align(offset, alignment);
            if (offset + size.Count <= _map[index].Offset)
            {
                break;
            }
            offset = _map[index].Offset + _map[index].Size.Count;
        }
        offset = Align(offset, alignment);
        if (offset + size.Count > capacity.Count)
        {
            return null;
        }
        _map.Insert(index, new SramRegion(name, offset, size));
        Used += size;
        return offset;
    }

    /// <summary>Gives the region at an address back.</summary>
    public void Remove(long offset)
    {
        int index = _map.FindIndex(r => r.Offset == offset);
        Used -= _map[index].Size;
        _map.RemoveAt(index);
    }

    private static long Align(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
