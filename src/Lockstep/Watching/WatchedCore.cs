namespace NeuroHal.Lockstep.Watching;

internal sealed class WatchedCore : ICore
{
    private readonly ICore _core;
    private readonly IRunWatcher _run;
    private readonly ICoreWatcher _watcher;
    private readonly WatchedSram _sram;

    public WatchedCore(ICore core, IRunWatcher run)
    {
        (_core, _run, _watcher) = (core, run, run.OfCore(core.Id));
        _sram = new WatchedSram(core.Sram, _watcher);
        Dma = new WatchedDma(core.Dma, this);
    }

    public int Id => _core.Id;

    public ISram Sram => _sram;

    public IDmaEngine Dma { get; }

    public PerformanceLevel Level
    {
        get => _core.Level;
        set => _core.Level = value;
    }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        _core.Run(kernel);
        Observe(EventKind.Kernel, kernel.Name);
    }

    public CoreCounters ReadCounters(Phase phase) => _core.ReadCounters(phase);

    public void Observe(EventKind kind, string name = "")
    {
        if (!_run.IsDone)
        {
            _core.Run(new Probe(_watcher, kind, name, _sram.Buffers));
        }
    }
}
