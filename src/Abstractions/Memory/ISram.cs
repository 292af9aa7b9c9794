namespace NeuroHal;

/// <summary>
/// The local memory of one core, as its owner of the moment sees it: named allocations, byte-exact. It hands out
/// handles; contents are reached by kernels, DMA and the host link.
/// </summary>
/// <remarks>
/// Memory is laid out between supersteps: within one, other cores may be sending to what would be given back, and whether they still
/// may would depend on who comes first.
/// </remarks>
public interface ISram
{
    /// <summary>All there is, program code included.</summary>
    Bytes Capacity { get; }

    /// <summary>What is allocated or reserved, alignment gaps not counted.</summary>
    Bytes Used { get; }

    /// <summary>Who holds what, in order of address.</summary>
    IReadOnlyList<SramRegion> Map { get; }

    /// <summary>Allocates a zeroed array, aligned to 4 bytes or to its element if that is larger.</summary>
    /// <typeparam name="T">The element type, without references.</typeparam>
    /// <param name="name">The name shown in the map; it need not be unique.</param>
    /// <param name="length">The number of elements, at least 1.</param>
    /// <exception cref="SramExhaustedException">There is no gap of that size; carries the map.</exception>
    SramBuffer<T> Allocate<T>(string name, int length) where T : struct;

    /// <summary>Sets bytes aside that no buffer may use, such as program code and stack.</summary>
    /// <exception cref="SramExhaustedException">There is no gap of that size; carries the map.</exception>
    void Reserve(string name, Bytes size);

    /// <summary>Gives a buffer's bytes back; its handle is stale from then on.</summary>
    /// <exception cref="BadArgumentException">The handle is stale already or of another core.</exception>
    void Release<T>(SramBuffer<T> buffer) where T : struct;
}

/// <summary>A stretch of SRAM and who holds it.</summary>
/// <param name="Name">The holder's name.</param>
/// <param name="Offset">The address of its first byte.</param>
/// <param name="Size">Its bytes.</param>
public sealed record SramRegion(string Name, long Offset, Bytes Size);
