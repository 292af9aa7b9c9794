namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// What a core did in a superstep, in its own order. When it happened is worked out at the barrier, where all cores' logs
/// are known: transfers contend, and who comes first must not depend on how the host runs the cores.
/// </summary>
/// <remarks>A part of <see cref="EmuCore"/> and not an object of its own, as <see cref="TransferList"/>.</remarks>
internal struct CoreLog()
{
    private CoreEvent[] _events = new CoreEvent[16];
    private int _count;
    private int _next;

    /// <summary>Whether each computation keeps its name and place, for a timeline.</summary>
    public bool InDetail { get; set; }

    public readonly bool AtEnd => _next == _count;

    /// <summary>The event that comes next.</summary>
    public readonly ref CoreEvent Next => ref _events[_next];

    public void Compute(string name, SimTime duration)
    {
        if (!InDetail && _count > 0 && _events[_count - 1].Kind == CoreEventKind.Compute)
        {
            _events[_count - 1].Duration += duration;
        }
        else
        {
            Add(new CoreEvent { Kind = CoreEventKind.Compute, Name = name, Duration = duration });
        }
    }

    /// <summary>Asks for a transfer, by its number in the core's list.</summary>
    public void Start(int transfer)
    {
        if (!InDetail && _count > 0 && _events[_count - 1].Kind == CoreEventKind.Compute)
        {
            ref CoreEvent before = ref _events[_count - 1];
            (before.Kind, before.Number) = (CoreEventKind.Start, transfer);
        }
        else
        {
            Add(new CoreEvent { Kind = CoreEventKind.Start, Number = transfer });
        }
    }

    /// <summary>Waits for a transfer, by its number in the core's list.</summary>
    public void Wait(int transfer) => Add(new CoreEvent { Kind = CoreEventKind.Wait, Number = transfer });

    public void Level(int level) => Add(new CoreEvent { Kind = CoreEventKind.Level, Number = level });

    public void Pass() => _next++;

    public void Clear() => (_count, _next) = (0, 0);

    private void Add(in CoreEvent happened)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, 2 * _count);
        }
        _events[_count++] = happened;
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
internal struct CoreEvent
{
    public CoreEventKind Kind { get; set; }

    /// <summary>The transfer, or the level.</summary>
    public int Number { get; set; }

    /// <summary>What is computed, by itself or before a transfer is asked for.</summary>
    public string? Name { get; init; }

    /// <summary>How long that takes.</summary>
    public SimTime Duration { get; set; }
}
