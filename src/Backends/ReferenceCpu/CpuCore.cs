namespace NeuroHal.ReferenceCpu;

internal sealed class CpuCore : ICore
{
    private readonly SramStorage _sram;
    private readonly CpuDma _dma;
    private readonly CpuCounters _counters;

    public CpuCore(int id, SramStorage sram, DramStorage dram, CpuCounters counters)
    {
        Id = id;
        _sram = sram;
        _counters = counters;
        _dma = new CpuDma(id, new DmaStage(id, sram, dram), counters);
    }

    public int Id { get; }

    public ISram Sram => _sram;

    public IDmaEngine Dma => _dma;

    public PerformanceLevel Level
    {
        get => CpuDevice.HostLevel;
        set { } // there is one, and only that one gets here
    }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        _dma.FetchAhead();
        kernel.Run(_sram.View);
        _counters.OfCore(Id).KernelCalls++;
    }

    public CoreCounters ReadCounters(Phase phase) => _counters.Read(phase, Id);

    internal CpuDma Engine => _dma;
}
