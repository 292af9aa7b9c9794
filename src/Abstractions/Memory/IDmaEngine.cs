namespace NeuroHal;

/// <summary>
/// A core's DMA engine: copies that run beside the core. Start one, work on, wait for it. A copy may be started in one
/// superstep and awaited in a later one, which is how the next input is fetched while the current one is worked on.
/// </summary>
/// <remarks>
/// A copy takes its source as it is when started. A local destination holds the data once awaited; another core's SRAM
/// and external memory hold it from the next barrier on. Until then a reader sees the old content, so results never
/// depend on the order in which host threads run the cores.
/// </remarks>
public interface IDmaEngine
{
    /// <summary>Starts a copy from external memory into this core's SRAM.</summary>
    /// <exception cref="BadArgumentException">The lengths differ, or a handle is stale or of another core.</exception>
    DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct;

    /// <summary>Starts a copy from this core's SRAM into external memory.</summary>
    /// <exception cref="BadArgumentException">The lengths differ, or a handle is stale or of another core.</exception>
    DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct;

    /// <summary>Starts a copy from this core's SRAM into another core's over the network on chip.</summary>
    /// <exception cref="BadArgumentException">The lengths differ, a handle is stale, or both are of one core.</exception>
    DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct;

    /// <summary>Waits until a copy is done; the core sleeps meanwhile.</summary>
    /// <exception cref="BadArgumentException">The transfer is not one of this core's pending ones.</exception>
    void Wait(DmaTransfer transfer);
}

/// <summary>A copy that was started.</summary>
/// <param name="Core">The core whose engine does it.</param>
/// <param name="Sequence">Its number on that core, from 1 on; 0 is no transfer.</param>
public readonly record struct DmaTransfer(int Core, long Sequence);
