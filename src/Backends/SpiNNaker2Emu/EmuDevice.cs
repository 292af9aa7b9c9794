using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuDevice : IDevice, IKernelProfile, ITimeline, IDeviceModel
{
    // Forty hours in picoseconds: sums over cores and levels stay within 64 bits.
    private const long MostOfACount = long.MaxValue >> 6;

    private readonly EmuCore[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram;
    private readonly EnergyModel _energy;
    private readonly double[] _hertz;
    private readonly Scheduler _scheduler;
    private readonly CoreThreads _threads;
    private readonly PhaseLedger[] _phases = [.. Enum.GetValues<Phase>().Select(_ => new PhaseLedger())];
    private SimTime _clock;

    public EmuDevice(DeviceProfile profile, EmuOptions options, int cores, int level, PowerPolicy policy)
    {
        Profile = profile;
        Pricing = new Pricing(profile, options);
        _energy = new EnergyModel(profile, options, Pricing);
        _hertz = [.. profile.Levels.Select(l => l.Clock.Value)];
        Info = new DeviceInfo
        {
            Backend = "SpiNNaker2Emu",
            Profile = profile.Name,
            Kind = DeviceKind.Emulation,
            Cores = cores,
            CoresAvailable = profile.Cores,
            SramPerCore = new Bytes((long)profile.SramPerCore.Value),
            SramIsLimited = true,
            Dram = new Bytes((long)profile.Dram.Value),
            Levels = [.. profile.Levels.Select(l => new PerformanceLevel(l.Name, l.Supply.Value, l.Clock.Value))],
            Energy = EnergyMethod.Modelled,
            Policies = PowerPolicies.Names,
            Accelerators =
            [
                .. options.ExponentialAccelerator ? ["exponential"] : Array.Empty<string>(),
                .. options.RandomAccelerator ? ["random"] : Array.Empty<string>(),
            ],
        };
        Interconnect = new Interconnect(profile, cores);
        _dram = new DramStorage(Info.Dram);
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, Info.SramPerCore))];
        _cores = [.. _memories.Select((memory, id) => new EmuCore(id, this, memory, _dram, level, policy))];
        _scheduler = new Scheduler(_cores, Interconnect);
        _threads = new CoreThreads(_cores, options.Threads);
        Host = new EmuHostLink(this, _memories, _dram);
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _dram;

    public IHostLink Host { get; }

    public Phase Phase { get; set; }

    public DeviceProfile Profile { get; }

    public Pricing Pricing { get; }

    public Interconnect Interconnect { get; }

    public IReadOnlyList<ModelConstant> Constants => ProfileConstants.List(Profile);

    public void Superstep(string name, Action<ICore> body)
    {
        try
        {
            _threads.Run(body);
        }
        finally
        {
            Barrier();
        }
    }

    public DeviceCounters ReadCounters() => new([.. Enum.GetValues<Phase>().Select(Read)]);

    public ReadOnlyMemory<byte> SaveState() => StateBlob.Pack(Owner, StateWords());

    public void RestoreState(ReadOnlyMemory<byte> state)
    {
        ReadOnlySpan<long> words = StateBlob.Unpack(Owner, state);
        RequireSound(words);
        _clock = new SimTime(words[0]);
        words = words[1..];
        foreach (PhaseLedger phase in _phases)
        {
            phase.FromWords(words);
            words = words[PhaseLedger.Words..];
        }
        int wordsPerCore = words.Length / _cores.Length;
        foreach (EmuCore core in _cores)
        {
            core.FromWords(words[..wordsPerCore]);
            words = words[wordsPerCore..];
        }
        Interconnect.Reset(_clock);
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
        foreach (EmuCore core in _cores)
        {
            core.Log.InDetail = sink is not null;
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

    /// <summary>A transfer over the host link: the cores sleep while it lasts.</summary>
    public void CountHost(long bytes, bool toDevice)
    {
        PhaseLedger phase = _phases[(int)Phase];
        phase.ToDevice += toDevice ? bytes : 0;
        phase.ToHost += toDevice ? 0 : bytes;
        Advance(_clock + SimTime.FromSeconds(bytes / Profile.Transfers.HostBandwidth.Value));
    }

    private long[] StateWords() => [_clock.Picoseconds, .. _phases.SelectMany(p => p.ToWords()), .. _cores.SelectMany(c => c.ToWords())];

    /// <summary>A checksum says that nothing was changed by chance, not that a state makes sense.</summary>
    private void RequireSound(ReadOnlySpan<long> words)
    {
        int expected = StateWords().Length;
        if (words.Length != expected)
        {
            throw new BadDataException($"The device state holds {words.Length} numbers; one of {Owner} holds {expected}.");
        }
        if (words.IndexOfAnyExceptInRange(0, MostOfACount) is var wrong and >= 0)
        {
            throw new BadDataException($"The device state holds {words[wrong]} as its number {wrong}; counts and times are 0 to {MostOfACount}.");
        }
        int cores = 1 + (_phases.Length * PhaseLedger.Words);
        int wordsPerCore = (words.Length - cores) / _cores.Length;
        for (int core = 0; core < _cores.Length; core++)
        {
            // A core's second number is its level.
            long level = words[cores + (core * wordsPerCore) + 1];
            if (level < 0 || level >= Info.Levels.Count)
            {
                throw new BadDataException($"The device state has core {core} at level {level}; there are {Info.Levels.Count}, from 0 on.");
            }
        }
    }

    private string Owner => $"SpiNNaker2Emu 1, profile {Profile.Name}, {_cores.Length} core(s), {Info.Levels.Count} level(s)";

    /// <summary>All cores meet: the others wait until the last one and everything that was sent have arrived.</summary>
    private void Barrier()
    {
        if (_cores.Length > 1)
        {
            foreach (EmuCore core in _cores)
            {
                core.Control("barrier", Profile.Timing.Barrier.Value);
            }
        }
        _scheduler.Run();
        SimTime latest = _clock;
        foreach (EmuCore core in _cores)
        {
            latest = SimTime.Max(latest, SimTime.Max(core.Clock.Now, core.DeliveredAt));
        }
        Advance(latest);
        foreach (EmuCore core in _cores)
        {
            core.Deliver(_memories);
        }
    }

    private void Advance(SimTime to)
    {
        foreach (EmuCore core in _cores)
        {
            core.WaitAtBarrier(to);
        }
        _phases[(int)Phase].Picoseconds += (to - _clock).Picoseconds;
        _clock = to;
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
