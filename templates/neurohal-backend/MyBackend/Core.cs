using NeuroHal;

namespace MyBackend;

internal sealed class Core : ICore
{
    private readonly SramStorage _sram;
    private readonly Dma _dma;
    private readonly Ledger _ledger;

    public Core(int id, SramStorage sram, DramStorage dram, Ledger ledger)
    {
        Id = id;
        _sram = sram;
        _ledger = ledger;
        _dma = new Dma(this, new DmaStage(id, sram, dram), ledger);
    }

    public int Id { get; }

    public ISram Sram => _sram;

    public IDmaEngine Dma => _dma;

    public PerformanceLevel Level
    {
        get => Device.OnlyLevel;
        set { } // there is one, and only that one gets here
    }

    /// <summary>Cycles since the last barrier.</summary>
    public long Now { get; private set; }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        // Your own version of a kernel goes here, recognised by typeof(TKernel); see the sample WideMac.
        long cycles = Cycles(kernel.Run(_sram.View));
        _ledger[Id, Count.KernelCalls]++;
        _ledger[Id, Count.Busy] += cycles;
        Now += cycles;
    }

    public CoreCounters ReadCounters(Phase phase) => Readings.OfCore(_ledger, phase, Id);

    public void Wait(long cycles)
    {
        _ledger[Id, Count.Waiting] += cycles;
        Now += cycles;
    }

    /// <summary>Waits for the slowest core; then a new superstep's time begins.</summary>
    public void WaitUntil(long barrier)
    {
        Wait(barrier - Now);
        Now = 0;
    }

    public void Deliver(IReadOnlyList<SramStorage> memories) => _dma.Deliver(memories);

    private static long Cycles(WorkCounts work) =>
        work.IntegerAlu + work.IntegerDivide + work.Load + work.PipelinedLoad + work.Store + work.BranchTaken + work.BranchNotTaken
        + work.Exponential + work.RandomWord + work.FloatAdd + work.FloatMultiply + work.FloatMultiplyAdd
        + work.FloatCompare + work.FloatConvert + work.FloatDivide + work.FloatSquareRoot;
}
