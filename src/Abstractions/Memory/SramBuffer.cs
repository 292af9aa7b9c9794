namespace NeuroHal;

/// <summary>
/// A handle to a named array of <typeparamref name="T"/> in one core's SRAM. A plain value: copy it freely, keep it in
/// kernels. It goes stale when the buffer is released; using it then is an error that names the buffer.
/// </summary>
/// <typeparam name="T">The element type, without references.</typeparam>
/// <param name="Core">The core whose SRAM holds the buffer.</param>
/// <param name="Region">The region of that SRAM's map; -1 in no valid handle.</param>
/// <param name="Generation">Tells this buffer from a released one in the same region; 0 in no valid handle.</param>
/// <param name="Offset">The address within the SRAM, in bytes.</param>
/// <param name="Length">The number of elements.</param>
public readonly record struct SramBuffer<T>(int Core, int Region, int Generation, int Offset, int Length)
    where T : struct
{
    /// <summary>Whether this is a handle at all, rather than <c>default</c> (say, an optional buffer left out).</summary>
    public bool IsPresent => Generation != 0;

    /// <summary>A range of the buffer's elements.</summary>
    /// <exception cref="BadArgumentException">The range is not inside the buffer.</exception>
    public SramRange<T> Slice(int start, int length)
    {
        return MemoryRange.Holds(Length, start, length)
            ? new SramRange<T>(this, start, length)
            : throw MemoryRange.Outside("SRAM buffer", start, length, Length);
    }
}

/// <summary>Elements <c>[Start, Start + Length)</c> of a buffer in SRAM.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Buffer">The buffer.</param>
/// <param name="Start">The first element.</param>
/// <param name="Length">The number of elements.</param>
public readonly record struct SramRange<T>(SramBuffer<T> Buffer, int Start, int Length)
    where T : struct
{
    /// <summary>All of a buffer.</summary>
    public static implicit operator SramRange<T>(SramBuffer<T> buffer) => new(buffer, 0, buffer.Length);
}
