using NeuroHal;

namespace NullBackend;

internal sealed class NullCore : ICore
{
    public static readonly PerformanceLevel OnlyLevel = new("only", 0, 0);

    public int Id => 0;

    public ISram Sram { get; } = new NullSram();

    public IDmaEngine Dma { get; } = new NullDma();

    public PerformanceLevel Level
    {
        get => OnlyLevel;
        set { } // there is one, and only that one gets here
    }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel =>
        throw NotYet.Implemented("NullCore.Run", "kernel.Run on this core's memory, or your own version of that kernel (S2)");

    public CoreCounters ReadCounters(Phase phase) =>
        throw NotYet.Implemented("NullCore.ReadCounters", "what this core counted in a phase (C2, C3)");
}
