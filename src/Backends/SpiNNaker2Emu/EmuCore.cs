namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuCore : ICore
{
    private readonly EmuDevice _device;
    private readonly SramStorage _sram;
    private readonly EmuDma _dma;
    private readonly CoreLedger[][] _ledgers;
    private int _level;

    public EmuCore(int id, EmuDevice device, SramStorage sram, DramStorage dram, int level)
    {
        Id = id;
        _device = device;
        _sram = sram;
        _level = level;
        _dma = new EmuDma(this, device.Profile, new DmaStage(id, sram, dram));
        _ledgers =
        [
            .. Enum.GetValues<Phase>().Select(_ => device.Info.Levels.Select(_ => new CoreLedger()).ToArray()),
        ];
    }

    public int Id { get; }

    public ISram Sram => _sram;

    public IDmaEngine Dma => _dma;

    public PerformanceLevel Level
    {
        get => _device.Info.Levels[_level];
        set
        {
            int level = _device.LevelIndex(value);
            if (level != _level)
            {
                Busy(SimTime.FromNanoseconds(_device.Profile.Timing.LevelSwitch.Value));
                _level = level;
            }
        }
    }

    /// <summary>Where this core's clock is.</summary>
    public SimTime Clock { get; private set; }

    private CoreLedger Ledger => _ledgers[(int)_device.Phase][_level];

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        WorkCounts work = kernel.Run(_sram.View);
        CoreLedger ledger = Ledger;
        ledger.Work += work;
        ledger.KernelCalls++;
        Compute(ledger, _device.Pricing.Value.Of(work, 1));
    }

    public CoreCounters ReadCounters(Phase phase)
    {
        CoreLedger[] levels = _ledgers[(int)phase];
        return new CoreCounters
        {
            Core = Id,
            Busy = new Cycles(levels.Sum(l => l.BusyCycles)),
            BusyTime = new SimTime(levels.Sum(l => l.BusyPicoseconds)),
            AsleepTime = new SimTime(levels.Sum(l => l.AsleepPicoseconds)),
            KernelCalls = levels.Sum(l => l.KernelCalls),
            Work = levels.Aggregate(WorkCounts.None, (sum, l) => sum + l.Work),
            DmaLoaded = new Bytes(levels.Sum(l => l.Loaded)),
            DmaStored = new Bytes(levels.Sum(l => l.Stored)),
            NocSent = new Bytes(levels.Sum(l => l.Sent)),
        };
    }

    public IReadOnlyList<CoreLedger> Ledgers(Phase phase) => _ledgers[(int)phase];

    /// <summary>Work outside kernels, such as starting a transfer.</summary>
    public void Control(double cycles, long loaded = 0, long stored = 0, long sent = 0)
    {
        CoreLedger ledger = Ledger;
        var whole = new Cycles((long)Math.Round(cycles));
        ledger.ControlCycles += whole.Count;
        ledger.Loaded += loaded;
        ledger.Stored += stored;
        ledger.Sent += sent;
        Compute(ledger, whole);
    }

    /// <summary>Sleeps until a moment, if that is yet to come.</summary>
    public void SleepUntil(SimTime moment)
    {
        if (moment > Clock)
        {
            Ledger.AsleepPicoseconds += (moment - Clock).Picoseconds;
            Clock = moment;
        }
    }

    /// <summary>When everything this core sent to others or to external memory has arrived.</summary>
    public SimTime DeliveredAt => _dma.DeliveredAt;

    public void Deliver(IReadOnlyList<SramStorage> memories) => _dma.Deliver(memories);

    public IEnumerable<long> ToWords() =>
        [Clock.Picoseconds, _level, .. _ledgers.SelectMany(phase => phase).SelectMany(l => l.ToWords())];

    public void FromWords(ReadOnlySpan<long> words)
    {
        Clock = new SimTime(words[0]);
        _level = (int)words[1];
        words = words[2..];
        foreach (CoreLedger ledger in _ledgers.SelectMany(phase => phase))
        {
            ledger.FromWords(words);
            words = words[CoreLedger.Words..];
        }
        _dma.Reset(Clock);
    }

    private void Compute(CoreLedger ledger, Cycles cycles)
    {
        ledger.BusyCycles += cycles.Count;
        SimTime time = cycles.At(_device.Hertz(_level));
        ledger.BusyPicoseconds += time.Picoseconds;
        Clock += time;
    }

    private void Busy(SimTime time)
    {
        Ledger.BusyPicoseconds += time.Picoseconds;
        Clock += time;
    }
}
