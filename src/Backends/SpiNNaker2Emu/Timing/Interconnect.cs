using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Networks and external memories in time. A transfer occupies what it passes through: its core's DMA engine, the port of the
/// memory, the links on its way, the port of the core it goes to. Whoever asks first is served first.
/// </summary>
internal sealed class Interconnect(DeviceProfile profile, Topology topology, int cores)
{
    private readonly double _nocBandwidth = profile.Transfers.NocBandwidth.Value;
    private readonly double _memoryBandwidth = Math.Min(profile.Transfers.NocBandwidth.Value, profile.Transfers.DramBandwidth.Value);
    private readonly double _linkBandwidth = profile.Board?.LinkBandwidth.Value ?? double.PositiveInfinity;
    private readonly double _hopLatency = profile.Transfers.NocHopLatency.Value;
    private readonly double _linkLatency = profile.Board?.LinkLatency.Value ?? 0;
    private readonly double _memoryLatency = profile.Transfers.DramLatency.Value;
    private readonly int _firstChipLink = topology.FirstChipLink;
    private readonly SimTime[] _portFree = new SimTime[cores];
    private readonly SimTime[] _engineFree = new SimTime[cores];
    private readonly SimTime[] _memoryFree = new SimTime[topology.Chips];
    private readonly SimTime[] _linkFree = new SimTime[topology.Links];

    /// <summary>When a core's engine has passed on the last byte of what it was given.</summary>
    public SimTime EngineFree(int core) => _engineFree[core];

    /// <summary>Finds out when a transfer that a core asks for now has arrived.</summary>
    /// <returns>When it begins.</returns>
    public SimTime Schedule(ref EmuTransfer transfer, int core, SimTime now)
    {
        bool external = transfer.Kind != EmuTransferKind.Send;
        SimTime begin = SimTime.Max(now, _engineFree[core]);
        begin = external ? SimTime.Max(begin, _memoryFree[transfer.Target]) : begin;
        int destination = transfer.Kind == EmuTransferKind.Send ? transfer.Target : core;
        begin = transfer.Kind == EmuTransferKind.Store ? begin : SimTime.Max(begin, _portFree[destination]);

        SimTime end = Pass(transfer, core, begin) + Occupied(transfer);
        _engineFree[core] = end;
        if (external)
        {
            _memoryFree[transfer.Target] = end;
        }
        if (transfer.Kind != EmuTransferKind.Store)
        {
            _portFree[destination] = end;
        }
        double latency = (transfer.Hops * _hopLatency) + (transfer.ChipHops * _linkLatency) + (external ? _memoryLatency : 0);
        transfer.Done = end + SimTime.FromNanoseconds(latency);
        return begin;
    }

    public void Save(List<long> words)
    {
        foreach (SimTime[] free in All)
        {
            words.AddRange(free.Select(t => t.Picoseconds));
        }
    }

    public void Restore(EmuState words)
    {
        foreach (SimTime[] free in All)
        {
            for (int i = 0; i < free.Length; i++)
            {
                free[i] = words.NextTime();
            }
        }
    }

    private SimTime[][] All => [_portFree, _engineFree, _memoryFree, _linkFree];

    /// <summary>Bytes over the narrowest of what is passed through.</summary>
    private SimTime Occupied(in EmuTransfer transfer)
    {
        double bandwidth = transfer.Kind == EmuTransferKind.Send ? _nocBandwidth : _memoryBandwidth;
        return SimTime.FromSeconds(transfer.Bytes / (transfer.ChipHops > 0 ? Math.Min(bandwidth, _linkBandwidth) : bandwidth));
    }

    /// <summary>
    /// Goes through the links: waits at each until it is free, and takes it for as long as the bytes take. What waits at one
    /// link does not keep others from those that it has passed.
    /// </summary>
    /// <returns>When it begins to pass through the last one.</returns>
    private SimTime Pass(in EmuTransfer transfer, int core, SimTime begin)
    {
        Span<int> links = stackalloc int[topology.LongestRoute];
        int length = transfer.Kind switch
        {
            EmuTransferKind.Load => topology.RouteFromMemory(transfer.Target, core, links),
            EmuTransferKind.Store => topology.RouteToMemory(core, transfer.Target, links),
            _ => topology.Route(core, transfer.Target, links),
        };
        SimTime onMesh = SimTime.FromSeconds(transfer.Bytes / _nocBandwidth);
        SimTime onLink = transfer.ChipHops > 0 ? SimTime.FromSeconds(transfer.Bytes / _linkBandwidth) : SimTime.Zero;
        foreach (int link in links[..length])
        {
            ref SimTime free = ref _linkFree[link];
            begin = SimTime.Max(begin, free);
            free = begin + (link < _firstChipLink ? onMesh : onLink);
        }
        return begin;
    }
}
