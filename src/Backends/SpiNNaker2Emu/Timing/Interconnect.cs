using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// The NoC and the external memory behind it: a mesh of routers, one to a core, with the memory's port beside the first.
/// A transfer occupies what it passes through at its narrowest: its core's DMA engine, the port of the memory, the port
/// of the core it goes to. Whoever asks first is served first. Links between routers are taken to be free.
/// </summary>
internal sealed class Interconnect(DeviceProfile profile, int cores)
{
    private readonly TransferProfile _transfers = profile.Transfers;
    private readonly int _columns = profile.NocColumns;
    private readonly SimTime[] _portFree = new SimTime[cores];
    private readonly SimTime[] _engineFree = new SimTime[cores];
    private SimTime _memoryFree;

    /// <summary>Routers passed from one core to another.</summary>
    public int Hops(int from, int to) =>
        Math.Abs((from % _columns) - (to % _columns)) + Math.Abs((from / _columns) - (to / _columns)) + 1;

    /// <summary>Routers passed between a core and the memory's port.</summary>
    public int HopsToMemory(int core) => (core % _columns) + (core / _columns) + 1;

    /// <summary>When a core's engine has passed on the last byte of what it was given.</summary>
    public SimTime EngineFree(int core) => _engineFree[core];

    /// <summary>Finds out when a transfer that a core asks for now has arrived.</summary>
    /// <returns>When it begins.</returns>
    public SimTime Schedule(EmuTransfer transfer, int core, SimTime now)
    {
        bool external = transfer.Kind != EmuTransferKind.Send;
        int hops = external ? HopsToMemory(core) : Hops(core, transfer.Target);
        double bandwidth = external
            ? Math.Min(_transfers.DramBandwidth.Value, _transfers.NocBandwidth.Value)
            : _transfers.NocBandwidth.Value;
        SimTime occupied = SimTime.FromSeconds(transfer.Bytes / bandwidth);
        double latency = (hops * _transfers.NocHopLatency.Value) + (external ? _transfers.DramLatency.Value : 0);

        ref SimTime port = ref _portFree[transfer.Target];
        SimTime begin = SimTime.Max(now, _engineFree[core]);
        begin = external ? SimTime.Max(begin, _memoryFree) : begin;
        begin = transfer.Kind == EmuTransferKind.Store ? begin : SimTime.Max(begin, port);
        SimTime end = begin + occupied;
        _engineFree[core] = end;
        if (external)
        {
            _memoryFree = end;
        }
        if (transfer.Kind != EmuTransferKind.Store)
        {
            port = end;
        }
        transfer.Done = end + SimTime.FromNanoseconds(latency);
        return begin;
    }

    public void Save(List<long> words) =>
        words.AddRange([.. _portFree.Select(t => t.Picoseconds), .. _engineFree.Select(t => t.Picoseconds), _memoryFree.Picoseconds]);

    public void Restore(EmuState words)
    {
        foreach (SimTime[] free in new[] { _portFree, _engineFree })
        {
            for (int i = 0; i < free.Length; i++)
            {
                free[i] = words.NextTime();
            }
        }
        _memoryFree = words.NextTime();
    }
}
