namespace NeuroHal.Lockstep.Watching;

/// <summary>What happened on a core.</summary>
public enum EventKind
{
    /// <summary>A buffer was allocated.</summary>
    Allocate = 0,

    /// <summary>A buffer was released.</summary>
    Release = 1,

    /// <summary>A superstep began: SRAM holds what the last one left and what the host wrote since.</summary>
    Begin = 2,

    /// <summary>A kernel ran.</summary>
    Kernel = 3,

    /// <summary>A copy from external memory was started; nothing may be seen of it yet.</summary>
    Load = 4,

    /// <summary>A copy was awaited.</summary>
    Wait = 5,

    /// <summary>The superstep ended: what other cores sent has arrived.</summary>
    Barrier = 6,
}
