namespace NeuroHal;

/// <summary>
/// The link between host and device: how training images, initial values and results get in and out. Everything that
/// crosses it is counted in bytes, time and joules like any transfer. Not to be used during a superstep.
/// </summary>
public interface IHostLink
{
    /// <summary>Copies from the host into a core's SRAM.</summary>
    /// <exception cref="BadArgumentException">The lengths differ or the handle is stale.</exception>
    void Write<T>(ReadOnlyMemory<T> source, SramRange<T> destination) where T : struct;

    /// <summary>Copies from the host into external memory.</summary>
    /// <exception cref="BadArgumentException">The lengths differ or the handle is stale.</exception>
    void Write<T>(ReadOnlyMemory<T> source, DramRange<T> destination) where T : struct;

    /// <summary>Copies from a core's SRAM to the host.</summary>
    /// <exception cref="BadArgumentException">The lengths differ or the handle is stale.</exception>
    void Read<T>(SramRange<T> source, Memory<T> destination) where T : struct;

    /// <summary>Copies from external memory to the host.</summary>
    /// <exception cref="BadArgumentException">The lengths differ or the handle is stale.</exception>
    void Read<T>(DramRange<T> source, Memory<T> destination) where T : struct;
}
