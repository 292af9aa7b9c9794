namespace NeuroHal;

/// <summary>A processing element: a core with its own memory, DMA engine, clock and supply.</summary>
public interface ICore
{
    /// <summary>Its number on the device, from 0.</summary>
    int Id { get; }

    /// <summary>Its local memory.</summary>
    ISram Sram { get; }

    /// <summary>Its DMA engine.</summary>
    IDmaEngine Dma { get; }

    /// <summary>Its supply and clock, one of <see cref="DeviceInfo.Levels"/>. Changing it costs time.</summary>
    /// <exception cref="BadArgumentException">The device does not have that level.</exception>
    PerformanceLevel Level { get; set; }

    /// <summary>Runs a kernel to its end. Only within a superstep, by the core the superstep gave.</summary>
    void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel;

    /// <summary>What this core counted so far, by phase.</summary>
    CoreCounters ReadCounters(Phase phase);
}
