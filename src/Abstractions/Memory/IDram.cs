namespace NeuroHal;

/// <summary>
/// External memory shared by all cores, for what is too large for SRAM, such as the training images. Cores reach it by
/// DMA only.
/// </summary>
public interface IDram
{
    /// <summary>All there is; <see cref="Bytes.Zero"/> on a device without external memory.</summary>
    Bytes Capacity { get; }

    /// <summary>What is allocated.</summary>
    Bytes Used { get; }

    /// <summary>Allocates a zeroed array, between supersteps.</summary>
    /// <typeparam name="T">The element type, without references.</typeparam>
    /// <param name="name">The name shown in errors.</param>
    /// <param name="length">The number of elements, at least 1.</param>
    /// <exception cref="CapacityExceededException">It does not fit.</exception>
    DramBuffer<T> Allocate<T>(string name, int length) where T : struct;

    /// <summary>Gives a buffer's bytes back, between supersteps.</summary>
    void Release<T>(DramBuffer<T> buffer) where T : struct;
}
