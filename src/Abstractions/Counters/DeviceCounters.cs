namespace NeuroHal;

/// <summary>What a device counted so far, by phase.</summary>
/// <param name="Phases">One entry for each phase, in the order of <see cref="Phase"/>.</param>
public sealed record DeviceCounters(IReadOnlyList<PhaseCounters> Phases)
{
    /// <summary>The counters of one phase.</summary>
    public PhaseCounters this[Phase phase] => Phases.Single(p => p.Phase == phase);

    /// <summary>Device time over all phases.</summary>
    public SimTime Elapsed => Phases.Aggregate(SimTime.Zero, (sum, p) => sum + p.Elapsed);

    /// <summary>Energy over all phases; null where the device has no figures for it.</summary>
    public EnergyReading? Energy =>
        Phases.Select(p => p.Energy).OfType<EnergyReading>().ToArray() is { Length: > 0 } all ? all.Aggregate((a, b) => a + b) : null;
}

/// <summary>What a device counted in one phase.</summary>
public sealed record PhaseCounters
{
    /// <summary>The phase.</summary>
    public required Phase Phase { get; init; }

    /// <summary>How far the device's clock moved in it.</summary>
    public required SimTime Elapsed { get; init; }

    /// <summary>Each core's counters, by id.</summary>
    public required IReadOnlyList<CoreCounters> Cores { get; init; }

    /// <summary>What crossed the host link towards the device.</summary>
    public required Bytes HostToDevice { get; init; }

    /// <summary>What crossed the host link towards the host.</summary>
    public required Bytes DeviceToHost { get; init; }

    /// <summary>The energy of the whole device; null where it has no figures for it.</summary>
    public required EnergyReading? Energy { get; init; }
}

/// <summary>What one core counted in one phase.</summary>
public sealed record CoreCounters
{
    /// <summary>The core.</summary>
    public required int Core { get; init; }

    /// <summary>Cycles it computed; 0 where the device does not count them.</summary>
    public required Cycles Busy { get; init; }

    /// <summary>Time it computed; zero, as <see cref="WaitingTime"/> is then, where the device does not measure cores one by one.</summary>
    public required SimTime BusyTime { get; init; }

    /// <summary>Time it waited, at barriers and for transfers; asleep, where the device lets it sleep.</summary>
    public required SimTime WaitingTime { get; init; }

    /// <summary>Kernels it ran.</summary>
    public required long KernelCalls { get; init; }

    /// <summary>What those kernels did; nothing where the device does not count it.</summary>
    public required WorkCounts Work { get; init; }

    /// <summary>Bytes its DMA engine loaded from external memory.</summary>
    public required Bytes DmaLoaded { get; init; }

    /// <summary>Bytes its DMA engine stored to external memory.</summary>
    public required Bytes DmaStored { get; init; }

    /// <summary>Bytes its DMA engine sent to other cores.</summary>
    public required Bytes NocSent { get; init; }

    /// <summary>The counters as described data, for tables and files that know none of them by name.</summary>
    public IEnumerable<CounterReading> Readings =>
    [
        new("core.busy-cycles", "cycles", "cycles the core computed", Busy.Count),
        new("core.busy-time", "s", "time the core computed", BusyTime.Seconds),
        new("core.waiting-time", "s", "time the core waited at barriers and for transfers", WaitingTime.Seconds),
        new("core.kernel-calls", "calls", "kernels the core ran", KernelCalls),
        new("dma.loaded", "B", "bytes loaded from external memory", DmaLoaded.Count),
        new("dma.stored", "B", "bytes stored to external memory", DmaStored.Count),
        new("noc.sent", "B", "bytes sent to other cores", NocSent.Count),
    ];
}

/// <summary>A counter with its description.</summary>
/// <param name="Id">A stable name, <c>part.counter</c>.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Meaning">What it counts.</param>
/// <param name="Value">The value.</param>
public sealed record CounterReading(string Id, string Unit, string Meaning, double Value);
