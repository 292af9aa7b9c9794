namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Where cores meet at the end of a superstep: what they did is put in time, and what they stored arrives. Chips between which nothing
/// goes are worked out one by one, on several host threads: far less of the host's memory is gone through at a time.
/// </summary>
internal sealed class Barrier
{
    private readonly EmuCore[] _cores; // in the order of their chips
    private readonly Topology _topology;
    private readonly CoreThreads _threads;
    private readonly Cycles _cost;
    private readonly Scheduler[] _schedulers;
    private readonly SimTime[] _latest;
    private readonly Action<int> _workOut;
    private readonly Action<int> _end;
    private bool _isApart;
    private SimTime _moment;

    // What transfers of this superstep do; set by all threads, and only ever to true.
    private bool _leavesChip;
    private bool _changesMemory;

    /// <param name="cores">All cores.</param>
    /// <param name="topology">Where they are.</param>
    /// <param name="interconnect">What is between them.</param>
    /// <param name="threads">The host's threads.</param>
    /// <param name="cost">What a core needs to come to the barrier, if it has others to meet.</param>
    public Barrier(EmuCore[] cores, Topology topology, Interconnect interconnect, CoreThreads threads, Cycles cost)
    {
        (_cores, _topology, _threads, _cost) = (cores, topology, threads, cost);
        _schedulers = [.. Enumerable.Range(0, topology.Chips).Select(_ => new Scheduler(interconnect))];
        _latest = new SimTime[topology.Chips];
        (_workOut, _end) = (WorkOutPart, EndPart);
    }

    /// <summary>Whether everything is worked out in the order of time, for a timeline.</summary>
    public bool InOrder { get; set; }

    /// <summary>Takes note that a transfer needs what other chips, or other transfers that end here, need too.</summary>
    public void Note(EmuTransferKind kind, int chipHops)
    {
        if (chipHops > 0 && !_leavesChip)
        {
            _leavesChip = true;
        }
        if (kind == EmuTransferKind.Store && !_changesMemory)
        {
            _changesMemory = true;
        }
    }

    /// <summary>Works out when everything in the superstep happened.</summary>
    /// <returns>When the last core has come and everything that was sent has arrived.</returns>
    public SimTime WorkOut()
    {
        _isApart = _topology.Chips > 1 && !_leavesChip && !InOrder;
        if (!_isApart)
        {
            return WorkOut(_schedulers[0], _cores);
        }
        _threads.RunParts(_workOut);
        SimTime latest = SimTime.Zero;
        foreach (SimTime onChip in _latest)
        {
            latest = SimTime.Max(latest, onChip);
        }
        return latest;
    }

    /// <summary>Lets the cores wait until a moment, and everything arrive that was stored.</summary>
    public void End(SimTime moment)
    {
        _moment = moment;
        if (_isApart)
        {
            _threads.RunParts(_end);
        }
        else
        {
            End(_cores);
        }
        if (_changesMemory)
        {
            foreach (EmuCore core in _cores)
            {
                core.Engine.DeliverStores();
            }
        }
        (_leavesChip, _changesMemory) = (false, false);
    }

    private void WorkOutPart(int part)
    {
        for (int chip = part; chip < _topology.Chips; chip += _threads.Parts)
        {
            _latest[chip] = WorkOut(_schedulers[chip], OnChip(chip));
        }
    }

    private void EndPart(int part)
    {
        for (int chip = part; chip < _topology.Chips; chip += _threads.Parts)
        {
            End(OnChip(chip));
        }
    }

    private Span<EmuCore> OnChip(int chip)
    {
        int first = chip * _topology.CoresPerChip;
        return _cores.AsSpan(first, Math.Min(_topology.CoresPerChip, _cores.Length - first));
    }

    private SimTime WorkOut(Scheduler scheduler, ReadOnlySpan<EmuCore> cores)
    {
        if (_cores.Length > 1)
        {
            foreach (EmuCore core in cores)
            {
                core.Control("barrier", _cost);
            }
        }
        return scheduler.Run(cores);
    }

    private void End(ReadOnlySpan<EmuCore> cores)
    {
        foreach (EmuCore core in cores)
        {
            core.WaitAtBarrier(_moment);
        }
    }
}
