namespace NeuroHal;

/// <summary>A handle to a named array of <typeparamref name="T"/> in the device's external memory.</summary>
/// <typeparam name="T">The element type, without references.</typeparam>
/// <param name="Id">Identifies the buffer on its device; 0 in no valid handle.</param>
/// <param name="Length">The number of elements.</param>
public readonly record struct DramBuffer<T>(int Id, int Length)
    where T : struct
{
    /// <summary>A range of the buffer's elements.</summary>
    /// <exception cref="BadArgumentException">The range is not inside the buffer.</exception>
    public DramRange<T> Slice(int start, int length)
    {
        return MemoryRange.Holds(Length, start, length)
            ? new DramRange<T>(this, start, length)
            : throw MemoryRange.Outside("DRAM buffer", start, length, Length);
    }
}

/// <summary>Elements <c>[Start, Start + Length)</c> of a buffer in external memory.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Buffer">The buffer.</param>
/// <param name="Start">The first element.</param>
/// <param name="Length">The number of elements.</param>
public readonly record struct DramRange<T>(DramBuffer<T> Buffer, int Start, int Length)
    where T : struct
{
    /// <summary>All of a buffer.</summary>
    public static implicit operator DramRange<T>(DramBuffer<T> buffer) => new(buffer, 0, buffer.Length);
}
