namespace NeuroHal.Lockstep.Watching;

/// <summary>A kernel that changes nothing and shows a watcher what is in SRAM.</summary>
internal readonly struct Probe(ICoreWatcher watcher, EventKind kind, string what, IReadOnlyList<WatchedBuffer> buffers) : IKernel
{
    public string Name => "observe";

    public WorkCounts Run(SramView sram)
    {
        watcher.Observe(kind, what, buffers, sram);
        return WorkCounts.None;
    }
}
