using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuDevice : IDevice
{
    private readonly EmuCore[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram;
    private readonly EnergyModel _energy;
    private readonly double[] _hertz;
    private readonly PhaseLedger[] _phases = [.. Enum.GetValues<Phase>().Select(_ => new PhaseLedger())];
    private SimTime _clock;

    public EmuDevice(DeviceProfile profile, EmuOptions options, int cores, int level)
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
            SramPerCore = new Bytes((long)profile.SramPerCore.Value),
            SramIsLimited = true,
            Dram = new Bytes((long)profile.Dram.Value),
            Levels = [.. profile.Levels.Select(l => new PerformanceLevel(l.Name, l.Supply.Value, l.Clock.Value))],
            Energy = EnergyMethod.Modelled,
            Accelerators =
            [
                .. options.ExponentialAccelerator ? ["exponential"] : Array.Empty<string>(),
                .. options.RandomAccelerator ? ["random"] : Array.Empty<string>(),
            ],
        };
        _dram = new DramStorage(Info.Dram);
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, Info.SramPerCore))];
        _cores = [.. _memories.Select((memory, id) => new EmuCore(id, this, memory, _dram, level))];
        Host = new EmuHostLink(this, _memories, _dram);
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _dram;

    public IHostLink Host { get; }

    public Phase Phase { get; set; }

    public DeviceProfile Profile { get; }

    public Pricing Pricing { get; }

    public void Superstep(string name, Action<ICore> body)
    {
        try
        {
            foreach (EmuCore core in _cores)
            {
                body(core);
            }
        }
        finally
        {
            Barrier();
        }
    }

    public DeviceCounters ReadCounters() => new([.. Enum.GetValues<Phase>().Select(Read)]);

    public ReadOnlyMemory<byte> SaveState() => StateBlob.Pack(
        Owner, [_clock.Picoseconds, .. _phases.SelectMany(p => p.ToWords()), .. _cores.SelectMany(c => c.ToWords())]);

    public void RestoreState(ReadOnlyMemory<byte> state)
    {
        ReadOnlySpan<long> words = StateBlob.Unpack(Owner, state);
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
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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

    private string Owner => $"SpiNNaker2Emu 1, profile {Profile.Name}, {_cores.Length} core(s), {Info.Levels.Count} level(s)";

    /// <summary>All cores meet: the others sleep until the last one and everything that was sent have arrived.</summary>
    private void Barrier()
    {
        SimTime latest = _clock;
        foreach (EmuCore core in _cores)
        {
            if (_cores.Length > 1)
            {
                core.Control(Profile.Timing.Barrier.Value);
            }
            latest = SimTime.Max(latest, SimTime.Max(core.Clock, core.DeliveredAt));
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
            core.SleepUntil(to);
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
            Energy = _energy.Of([.. _cores.Select(c => c.Ledgers(phase))], ledger),
        };
    }
}
