using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Networks and external memories in time. A transfer occupies what it passes through: its core's DMA engine, the port of the
/// memory, the links on its way, the port of the core it goes to. Whoever asks first is served first.
/// </summary>
internal sealed class Interconnect(DeviceProfile profile, Topology topology, int cores)
{
    private readonly TransferProfile _transfers = profile.Transfers;
    private readonly SimTime[] _portFree = new SimTime[cores];
    private readonly SimTime[] _engineFree = new SimTime[cores];
    private readonly SimTime[] _memoryFree = new SimTime[topology.Chips];
    private readonly SimTime[] _linkFree = new SimTime[topology.Links];

    /// <summary>When a core's engine has passed on the last byte of what it was given.</summary>
    public SimTime EngineFree(int core) => _engineFree[core];

    /// <summary>Finds out when a transfer that a core asks for now has arrived.</summary>
    /// <returns>When it begins.</returns>
    public SimTime Schedule(EmuTransfer transfer, int core, SimTime now)
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
        double latency = (transfer.Hops * _transfers.NocHopLatency.Value)
            + (transfer.ChipHops * (profile.Board?.LinkLatency.Value ?? 0))
            + (external ? _transfers.DramLatency.Value : 0);
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
    private SimTime Occupied(EmuTransfer transfer)
    {
        double bandwidth = _transfers.NocBandwidth.Value;
        if (transfer.Kind != EmuTransferKind.Send)
        {
            bandwidth = Math.Min(bandwidth, _transfers.DramBandwidth.Value);
        }
        if (transfer.ChipHops > 0)
        {
            bandwidth = Math.Min(bandwidth, profile.Board!.LinkBandwidth.Value);
        }
        return SimTime.FromSeconds(transfer.Bytes / bandwidth);
    }

    /// <summary>
    /// Goes through the links: waits at each until it is free, and takes it for as long as the bytes take. What waits at one
    /// link does not keep others from those that it has passed.
    /// </summary>
    /// <returns>When it begins to pass through the last one.</returns>
    private SimTime Pass(EmuTransfer transfer, int core, SimTime begin)
    {
        ReadOnlySpan<int> route = transfer.Kind switch
        {
            EmuTransferKind.Load => topology.RouteFromMemory(transfer.Target, core),
            EmuTransferKind.Store => topology.RouteToMemory(core, transfer.Target),
            _ => topology.Route(core, transfer.Target),
        };
        SimTime onMesh = SimTime.FromSeconds(transfer.Bytes / _transfers.NocBandwidth.Value);
        SimTime onLink = transfer.ChipHops > 0 ? SimTime.FromSeconds(transfer.Bytes / profile.Board!.LinkBandwidth.Value) : SimTime.Zero;
        foreach (int link in route)
        {
            ref SimTime free = ref _linkFree[link];
            begin = SimTime.Max(begin, free);
            free = begin + (link < topology.FirstChipLink ? onMesh : onLink);
        }
        return begin;
    }
}
