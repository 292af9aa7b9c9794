namespace NeuroHal.Lockstep.Watching;

/// <summary>Is told, superstep by superstep, what a device does.</summary>
public interface IRunWatcher
{
    /// <summary>Whether it has seen enough; from then on the device runs as if nobody watched.</summary>
    bool IsDone { get; }

    /// <summary>Who watches a core. Cores may run on several threads within a superstep, each with its own watcher.</summary>
    ICoreWatcher OfCore(int core);

    /// <summary>A superstep begins.</summary>
    void Begin(string superstep);

    /// <summary>It ended, and so did the barrier; not called where it was ended by an exception.</summary>
    void End();
}

/// <summary>Is told what one core does.</summary>
public interface ICoreWatcher
{
    /// <summary>A buffer was allocated, zeroed.</summary>
    void Allocated(WatchedBuffer buffer);

    /// <summary>A buffer was released.</summary>
    void Released(WatchedBuffer buffer);

    /// <summary>Something happened after which SRAM may hold something else.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="name">The kernel's name; empty for all else.</param>
    /// <param name="buffers">The live buffers, in the order of their allocation.</param>
    /// <param name="sram">What they hold now; to be read only.</param>
    void Observe(EventKind kind, string name, IReadOnlyList<WatchedBuffer> buffers, SramView sram);
}
