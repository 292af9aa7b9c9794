using NeuroHal;

namespace WideMac;

/// <summary>A small processor beside an array of multipliers. What the array can do, it does; the rest is portable.</summary>
internal sealed class WideMacCore : ICore
{
    private readonly SramStorage _sram;
    private readonly WideMacDma _dma;
    private readonly MacArray _array;
    private readonly PerformanceLevel _level;
    private readonly Ledger _ledger;

    public WideMacCore(int id, SramStorage sram, DramStorage dram, Profile profile, Ledger ledger)
    {
        Id = id;
        _sram = sram;
        _ledger = ledger;
        _array = new MacArray(profile);
        _dma = new WideMacDma(this, new DmaStage(id, sram, dram), profile, ledger);
        _level = new PerformanceLevel(WideMacDevice.OnlyLevel, 0.9, profile["clock"].Value);
    }

    public int Id { get; }

    public ISram Sram => _sram;

    public IDmaEngine Dma => _dma;

    public PerformanceLevel Level
    {
        get => _level;
        set { } // there is one, and only that one gets here
    }

    /// <summary>Cycles since the last barrier.</summary>
    public long Now { get; private set; }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        _ledger[Id, Count.KernelCalls]++;
        if (_array.TryRun(kernel, _sram.View) is { } work)
        {
            _ledger[Id, Count.Macs] += work.Macs;
            _ledger[Id, Count.ArrayBytes] += work.Bytes;
            _ledger[Id, Count.ArrayCycles] += work.Cycles;
            Busy(work.Cycles);
        }
        else
        {
            long operations = ScalarWork.Operations(kernel.Run(_sram.View));
            _ledger[Id, Count.Operations] += operations;
            Busy(operations);
        }
    }

    public CoreCounters ReadCounters(Phase phase) => Readings.OfCore(_ledger, _level.Hertz, phase, Id);

    /// <summary>The engine is a simple one: the core waits for it.</summary>
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

    private void Busy(long cycles)
    {
        _ledger[Id, Count.Busy] += cycles;
        Now += cycles;
    }
}
