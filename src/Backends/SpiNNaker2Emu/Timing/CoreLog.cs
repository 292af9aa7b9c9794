namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// What a core did in a superstep, in its own order. When it happened is worked out at the barrier, where all cores' logs
/// are known: transfers contend, and who comes first must not depend on how the host runs the cores.
/// </summary>
internal sealed class CoreLog
{
    private readonly List<CoreEvent> _events = [];
    private int _next;

    /// <summary>Whether each computation keeps its name and place, for a timeline.</summary>
    public bool InDetail { get; set; }

    public bool AtEnd => _next == _events.Count;

    /// <summary>The event that comes next.</summary>
    public CoreEvent Next => _events[_next];

    public void Compute(string name, SimTime duration)
    {
        if (!InDetail && _events.Count > 0 && _events[^1] is { Kind: CoreEventKind.Compute } last)
        {
            _events[^1] = last with { Duration = last.Duration + duration };
        }
        else
        {
            _events.Add(new CoreEvent(CoreEventKind.Compute, name, duration, 0, null));
        }
    }

    public void Start(EmuTransfer transfer) => _events.Add(new CoreEvent(CoreEventKind.Start, "", SimTime.Zero, 0, transfer));

    public void Wait(EmuTransfer transfer) => _events.Add(new CoreEvent(CoreEventKind.Wait, "", SimTime.Zero, 0, transfer));

    public void Level(int level) => _events.Add(new CoreEvent(CoreEventKind.Level, "", SimTime.Zero, level, null));

    public void Pass() => _next++;

    public void Clear()
    {
        _events.Clear();
        _next = 0;
    }
}

/// <summary>What a core did.</summary>
internal enum CoreEventKind
{
    Compute,
    Start,
    Wait,
    Level,
}

/// <summary>One thing a core did.</summary>
internal readonly record struct CoreEvent(CoreEventKind Kind, string Name, SimTime Duration, int Level, EmuTransfer? Transfer);

/// <summary>A transfer on its way.</summary>
internal sealed class EmuTransfer
{
    public long Sequence { get; set; }

    public EmuTransferKind Kind { get; set; }

    /// <summary>The core it goes to; of a load or a store, the chip whose memory it is about.</summary>
    public int Target { get; set; }

    /// <summary>Routers on its way.</summary>
    public int Hops { get; set; }

    /// <summary>Links between chips on its way.</summary>
    public int ChipHops { get; set; }

    public long Bytes { get; set; }

    /// <summary>When it has arrived; known once its start has been reached.</summary>
    public SimTime Done { get; set; }
}

/// <summary>Which way a transfer goes.</summary>
internal enum EmuTransferKind
{
    Load,
    Store,
    Send,
}
