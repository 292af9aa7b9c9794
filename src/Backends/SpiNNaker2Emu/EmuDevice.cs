using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NeuroHal.SpiNNaker2Emu.Faults;
using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuDevice : IDevice, IKernelProfile, ITimeline, IDeviceModel, IFaultReport
{
    private readonly EmuCore[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram;
    private readonly EnergyModel _energy;
    private readonly double[] _hertz;
    private readonly CoreThreads _threads;
    private readonly Action<ICore> _forget;
    private readonly Action<int> _deliver;
    private readonly PowerPolicy _policy;
    private readonly string _owner;
    private readonly List<long> _state = [];

    /// <summary>What a barrier over several chips takes more: from the farthest one to the first and back.</summary>
    private readonly SimTime _acrossChips;

    private readonly PhaseLedger[] _phases = [.. Enum.GetValues<Phase>().Select(_ => new PhaseLedger())];
    private SimTime _clock;
    private Phase _phase;
    private bool _coresLag;

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
        _threads = new CoreThreads(_cores, options.Threads);
        _forget = core => _cores[core.Id].Engine.ForgetOutgoing();
        _deliver = Deliver;
        Barrier = new Barrier(_cores, Topology, Interconnect, _threads, new Cycles((long)Math.Round(profile.Timing.Barrier.Value)));
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

    public Barrier Barrier { get; }

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
            _threads.Run(program, _forget, _deliver);
        }
        finally
        {
            Meet();
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
        _state.Clear();
        EmuState.WritePending(_state, _cores);
        _state.Add(_clock.Picoseconds);
        foreach (PhaseLedger phase in _phases)
        {
            phase.Save(_state);
        }
        foreach (EmuCore core in _cores)
        {
            core.Save(_state);
        }
        Interconnect.Save(_state);
        return StateBlob.Pack(_owner, CollectionsMarshal.AsSpan(_state));
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
        Barrier.InOrder = sink is not null;
        foreach (EmuCore core in _cores)
        {
            core.Log.InDetail = Barrier.InOrder;
            core.Clock.Sink = sink;
            sink?.Level(core.Id, Info.Levels[core.Clock.Level], core.Clock.Now);
        }
    }

    public ValueTask DisposeAsync()
    {
        _threads.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Each host thread fetches what its own cores are sent. When it is there on the chip is worked out at the barrier.</summary>
    private void Deliver(int part)
    {
        foreach (EmuCore core in _cores)
        {
            core.Engine.DeliverPart(_memories, part, _threads.Parts);
        }
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
    private void Meet()
    {
        PassTime(SimTime.Max(_clock, Barrier.WorkOut()) + _acrossChips);
        Barrier.End(_clock);
        Faults?.Expose(_clock, Phase);
    }

    /// <summary>Tells what is noticed at a barrier. For a core that does not come, the others wait in vain.</summary>
    private void RaiseFaults(FaultInjector faults)
    {
        faults.RaiseNoticed();
        if (faults.FindDead(_clock) is { } dead)
        {
            PassTime(_clock + new Cycles(faults.TimeoutCycles).At(_hertz[^1]));
            _coresLag = true;
            CatchUp();
            throw faults.Missing(dead);
        }
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
