using System.Security.Cryptography;
using System.Text;
using NeuroHal.SpiNNaker2Emu.Faults;
using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuDevice : IDevice, IKernelProfile, ITimeline, IDeviceModel, IFaultReport
{
    // From so many on it pays to divide what the host does at a barrier.
    private const int ManyCores = 32;

    private readonly EmuCore[] _cores; // in the order of their chips
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram;
    private readonly EnergyModel _energy;
    private readonly double[] _hertz;
    private readonly Scheduler[] _schedulers;
    private readonly CoreThreads _threads;
    private readonly PowerPolicy _policy;
    private readonly string _owner;

    /// <summary>What a barrier over several chips takes more: from the farthest one to the first and back.</summary>
    private readonly SimTime _acrossChips;

    private readonly Cycles _barrier;
    private readonly SimTime[] _latestOnChip;
    private readonly Action<int> _deliverPart;
    private readonly Action<int> _workOutChips;
    private readonly Action<int> _endOnChips;
    private readonly PhaseLedger[] _phases = [.. Enum.GetValues<Phase>().Select(_ => new PhaseLedger())];
    private SimTime _clock;
    private Phase _phase;
    private bool _coresLag;
    private bool _isRecording;

    // What transfers of this superstep do; set by all threads, and only ever to true.
    private bool _leavesChip;
    private bool _changesMemory;

    public EmuDevice(DeviceProfile profile, EmuOptions options, int cores, int level, PowerPolicy policy, FaultPlan? faults)
    {
        Profile = profile;
        Pricing = new Pricing(profile, options);
        Topology = new Topology(profile, cores);
        _energy = new EnergyModel(profile, options, Pricing, Topology.Chips);
        _acrossChips = SimTime.FromNanoseconds(2 * Topology.Farthest * (profile.Board?.LinkLatency.Value ?? 0));
        _hertz = [.. profile.Levels.Select(l => l.Clock.Value)];
        Info = new DeviceInfo
        {
            Backend = "SpiNNaker2Emu",
            Profile = profile.Name,
            Kind = DeviceKind.Emulation,
            Cores = cores,
            CoresAvailable = profile.AllCores,
            Chips = Topology.Chips,
            SramPerCore = new Bytes((long)profile.SramPerCore.Value),
            SramIsLimited = true,
            Dram = new Bytes((long)profile.Dram.Value * Topology.Chips),
            Levels = [.. profile.Levels.Select(l => new PerformanceLevel(l.Name, l.Supply.Value, l.Clock.Value))],
            Energy = EnergyMethod.Modelled,
            Policies = PowerPolicies.Names,
            Accelerators =
            [
                .. options.ExponentialAccelerator ? ["exponential"] : Array.Empty<string>(),
                .. options.RandomAccelerator ? ["random"] : Array.Empty<string>(),
            ],
        };
        Interconnect = new Interconnect(profile, Topology, cores);
        _dram = new DramStorage(Info.Dram);
        Memory = new EmuDram(_dram, new Bytes((long)profile.Dram.Value));
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, Info.SramPerCore))];
        Faults = faults is null ? null : new FaultInjector(faults, _memories);
        _policy = policy;
        _owner = OwnerOf(profile, Info, policy, Faults);
        _cores = [.. _memories.Select((memory, id) => new EmuCore(id, this, memory, _dram, level, policy))];
        _schedulers = [.. Enumerable.Range(0, Topology.Chips).Select(_ => new Scheduler(Interconnect))];
        _latestOnChip = new SimTime[Topology.Chips];
        _barrier = new Cycles((long)Math.Round(profile.Timing.Barrier.Value));
        _threads = new CoreThreads(_cores, options.Threads);
        (_deliverPart, _workOutChips, _endOnChips) = (DeliverPart, WorkOutChips, EndOnChips);
        Host = new EmuHostLink(this, _memories, _dram);
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => Memory;

    public IHostLink Host { get; }

    public Phase Phase
    {
        get => _phase;
        set
        {
            CatchUp();
            _phase = value;
        }
    }

    public DeviceProfile Profile { get; }

    public Pricing Pricing { get; }

    public Topology Topology { get; }

    public Interconnect Interconnect { get; }

    public EmuDram Memory { get; }

    /// <summary>Null where none are asked for.</summary>
    public FaultInjector? Faults { get; }

    public string? Plan => Faults?.Line;

    public IReadOnlyList<ModelConstant> Constants => ProfileConstants.List(Profile);

    public void Superstep(string name, Action<ICore> body)
    {
        CatchUp();
        Action<ICore> program = Faults is null ? body : Faults.Begin(name, _clock, body);
        try
        {
            _threads.Run(program);
        }
        finally
        {
            Barrier();
        }
        if (Faults is not null)
        {
            RaiseFaults(Faults);
        }
    }

    public IReadOnlyList<FaultCount> ReadFaults() => Faults?.ReadFaults() ?? [];

    public DeviceCounters ReadCounters()
    {
        CatchUp();
        return new([.. Enum.GetValues<Phase>().Select(Read)]);
    }

    public ReadOnlyMemory<byte> SaveState()
    {
        CatchUp();
        return EmuState.Save(
            _owner,
            _cores,
            words =>
            {
                words.Add(_clock.Picoseconds);
                foreach (PhaseLedger phase in _phases)
                {
                    phase.Save(words);
                }
                foreach (EmuCore core in _cores)
                {
                    core.Save(words);
                }
                Interconnect.Save(words);
            });
    }

    public void RestoreState(ReadOnlyMemory<byte> state)
    {
        CatchUp();
        var words = new EmuState(_owner, state);
        words.RestorePending(_cores);
        _clock = words.NextTime();
        foreach (PhaseLedger phase in _phases)
        {
            phase.Restore(words);
        }
        foreach (EmuCore core in _cores)
        {
            core.Restore(words);
        }
        Interconnect.Restore(words);
        words.RequireEnd();
    }

    public IReadOnlyList<KernelCounters> ReadKernels(Phase phase) =>
    [
        .. _cores.SelectMany(core => core.LedgersOf(phase)
            .SelectMany((ledger, level) => ledger.Kernels.ToArray().Select((kernel, number) => (Kernel: kernel, Number: number, Level: level)))
            .Where(k => k.Kernel.Calls > 0)
            .GroupBy(k => KernelNumber.Name(k.Number))
            .Select(group => new KernelCounters(
                core.Id,
                group.Key,
                group.Sum(k => k.Kernel.Calls),
                new Cycles(group.Sum(k => k.Kernel.Cycles)),
                new SimTime(group.Sum(k => k.Kernel.Picoseconds)),
                group.Aggregate(Joules.Zero, (sum, k) => sum + _energy.Of(k.Kernel, k.Level))))),
    ];

    public void Record(ITimelineSink? sink)
    {
        CatchUp();
        _isRecording = sink is not null;
        foreach (EmuCore core in _cores)
        {
            core.Log.InDetail = _isRecording;
            core.Clock.Sink = sink;
            sink?.Level(core.Id, Info.Levels[core.Clock.Level], core.Clock.Now);
        }
    }

    public ValueTask DisposeAsync()
    {
        _threads.Dispose();
        return ValueTask.CompletedTask;
    }

    public double Hertz(int level) => _hertz[level];

    public int LevelIndex(PerformanceLevel level)
    {
        int index = 0;
        while (Info.Levels[index] != level)
        {
            index++;
        }
        return index;
    }

    /// <summary>
    /// A transfer over the host link: the cores sleep while it lasts. Nobody looks at them meanwhile, so several transfers are one
    /// sleep to them, unless going to sleep is itself something: the host's work must not grow with transfers times cores.
    /// </summary>
    public void CountHost(long bytes, bool toDevice)
    {
        PhaseLedger phase = _phases[(int)Phase];
        phase.ToDevice += toDevice ? bytes : 0;
        phase.ToHost += toDevice ? 0 : bytes;
        PassTime(_clock + SimTime.FromSeconds(bytes / Profile.Transfers.HostBandwidth.Value));
        _coresLag = true;
        if (_policy == PowerPolicy.PerPhase || Faults is not null)
        {
            CatchUp();
            Faults?.Expose(_clock, Phase);
        }
    }

    /// <summary>Takes note of what a transfer needs that others may need too.</summary>
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

    /// <summary>All that figures depend on: a state is of no use where time or energy would be counted otherwise.</summary>
    private static string OwnerOf(DeviceProfile profile, DeviceInfo info, PowerPolicy policy, FaultInjector? faults)
    {
        string model = string.Join(';', ProfileConstants.List(profile).Select(c => FormattableString.Invariant($"{c.Id}={c.Value:R},{c.Low:R},{c.High:R},{c.IsAssumed}")));
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model)))[..8];
        return $"SpiNNaker2Emu 3, profile {profile.Name} ({digest}), {info.Cores} core(s), policy {policy}, "
            + $"accelerators [{string.Join(' ', info.Accelerators)}]"
            + (faults is null ? "" : $", faults {faults.Line}");
    }

    /// <summary>All cores meet: the others wait until the last one and everything that was sent have arrived.</summary>
    private void Barrier()
    {
        // Chips between which nothing goes are worked out one by one, on several threads: far less memory is gone through at a time.
        bool apart = Topology.Chips > 1 && !_leavesChip && !_isRecording;
        if (apart)
        {
            _threads.RunParts(_workOutChips);
        }
        else
        {
            _latestOnChip[0] = WorkOut(_schedulers[0], _cores);
        }
        SimTime latest = _clock;
        foreach (SimTime onChip in apart ? _latestOnChip : _latestOnChip.AsSpan(0, 1))
        {
            latest = SimTime.Max(latest, onChip);
        }
        PassTime(latest + _acrossChips);
        if (apart && !_changesMemory)
        {
            _threads.RunParts(_endOnChips);
        }
        else
        {
            _coresLag = true;
            CatchUp();
            Deliver();
        }
        (_leavesChip, _changesMemory) = (false, false);
        Faults?.Expose(_clock, Phase);
    }

    private Span<EmuCore> OnChip(int chip) =>
        _cores.AsSpan(chip * Topology.CoresPerChip, Math.Min(Topology.CoresPerChip, _cores.Length - (chip * Topology.CoresPerChip)));

    private void WorkOutChips(int part)
    {
        for (int chip = part; chip < Topology.Chips; chip += _threads.Parts)
        {
            _latestOnChip[chip] = WorkOut(_schedulers[chip], OnChip(chip));
        }
    }

    private SimTime WorkOut(Scheduler scheduler, ReadOnlySpan<EmuCore> cores)
    {
        if (_cores.Length > 1)
        {
            foreach (EmuCore core in cores)
            {
                core.Control("barrier", _barrier);
            }
        }
        return scheduler.Run(cores);
    }

    private void EndOnChips(int part)
    {
        for (int chip = part; chip < Topology.Chips; chip += _threads.Parts)
        {
            foreach (EmuCore core in OnChip(chip))
            {
                core.WaitAtBarrier(_clock);
                core.Deliver(_memories, sendsAreThere: false);
            }
        }
    }

    /// <summary>Lets everything arrive that was sent; what many cores sent, on several threads, divided by who it goes to.</summary>
    private void Deliver()
    {
        bool divided = _cores.Length >= ManyCores && _threads.Parts > 1;
        if (divided)
        {
            _threads.RunParts(_deliverPart);
        }
        foreach (EmuCore core in _cores)
        {
            core.Deliver(_memories, sendsAreThere: divided);
        }
    }

    private void DeliverPart(int part)
    {
        foreach (EmuCore core in _cores)
        {
            core.DeliverPart(_memories, part, _threads.Parts);
        }
    }

    /// <summary>Tells what is noticed at a barrier. For a core that does not come, the others wait in vain.</summary>
    private void RaiseFaults(FaultInjector faults)
    {
        faults.RaiseNoticed();
        if (faults.FindDead(_clock) is { } dead)
        {
            Advance(_clock + new Cycles(faults.TimeoutCycles).At(_hertz[^1]));
            throw faults.Missing(dead);
        }
    }

    private void Advance(SimTime to)
    {
        PassTime(to);
        _coresLag = true;
        CatchUp();
    }

    /// <summary>The device's clock goes on.</summary>
    private void PassTime(SimTime to)
    {
        _phases[(int)Phase].Picoseconds += (to - _clock).Picoseconds;
        _clock = to;
    }

    /// <summary>The cores wait until the device's clock.</summary>
    private void CatchUp()
    {
        if (!_coresLag)
        {
            return;
        }
        foreach (EmuCore core in _cores)
        {
            core.WaitAtBarrier(_clock);
        }
        _coresLag = false;
    }

    private PhaseCounters Read(Phase phase)
    {
        PhaseLedger ledger = _phases[(int)phase];
        return new PhaseCounters
        {
            Phase = phase,
            Elapsed = new SimTime(ledger.Picoseconds),
            Cores = [.. _cores.Select(c => c.ReadCounters(phase))],
            HostToDevice = new Bytes(ledger.ToDevice),
            DeviceToHost = new Bytes(ledger.ToHost),
            Energy = _energy.Of([.. _cores.Select(c => c.LedgersOf(phase))], ledger),
        };
    }
}
