using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuCore : ICore
{
    private readonly EmuDevice _device;
    private readonly SramStorage _sram;
    private readonly CoreFaults? _faults;
    private readonly EmuDma _dma;
    private readonly CoreLedger[][] _ledgers;
    private int _level;
    private CoreLog _log = new();
    private TransferList _transfers = new();

    public EmuCore(int id, EmuDevice device, SramStorage sram, DramStorage dram, int level, PowerPolicy policy)
    {
        Id = id;
        _device = device;
        _sram = sram;
        _faults = device.Faults?[id];
        _level = level;
        Clock = new CoreClock(id, device.Profile, policy, device.Info.Levels, level);
        Engine = new DmaStage(id, sram, dram);
        _dma = new EmuDma(this, device, Engine, _faults is null ? null : new FaultyDma(this, device.Faults!, _faults, sram));
        _ledgers =
        [
            .. Enum.GetValues<Phase>().Select(_ => device.Info.Levels.Select(_ => new CoreLedger()).ToArray()),
        ];
    }

    public int Id { get; }

    public ISram Sram => _faults is null ? _sram : _faults.Sram;

    public IDmaEngine Dma => _dma;

    /// <summary>What moves its bytes.</summary>
    public DmaStage Engine { get; }

    public PerformanceLevel Level
    {
        get => _device.Info.Levels[_level];
        set
        {
            int level = _device.LevelIndex(value);
            if (level != _level)
            {
                _level = level;
                _log.Level(level);
            }
        }
    }

    /// <summary>What it did in this superstep.</summary>
    public ref CoreLog Log => ref _log;

    /// <summary>The transfers yet to be awaited, and those that were in this superstep.</summary>
    public ref TransferList Transfers => ref _transfers;

    /// <summary>Where it is in time, worked out at barriers.</summary>
    public CoreClock Clock { get; }

    /// <summary>When everything this core sent to others or to external memory has arrived.</summary>
    public SimTime DeliveredAt { get; private set; }

    private CoreLedger[] Ledgers => _ledgers[(int)_device.Phase];

    private double Hertz => _faults is null ? _device.Hertz(_level) : _device.Hertz(_level) * _faults.Speed;

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        _dma.FetchAhead();
        WorkCounts work = _faults is null ? kernel.Run(_sram.View) : _faults.Run(kernel, _sram.View);
        Cycles cycles = _device.Pricing.Value.Of(work, 1);
        SimTime time = cycles.At(Hertz);
        _faults?.Ran(kernel.Name, cycles, time, _device.Phase);
        Ledgers[_level].Kernel(KernelNumber.Of<TKernel>.Number).Add(work, cycles, time);
        _log.Compute(kernel.Name, time);
    }

    /// <summary>Work outside kernels.</summary>
    public void Control(string name, Cycles cycles)
    {
        SimTime time = cycles.At(Hertz);
        CoreLedger ledger = Ledgers[_level];
        ledger.ControlCycles += cycles.Count;
        ledger.ControlPicoseconds += time.Picoseconds;
        _log.Compute(name, time);
    }

    /// <summary>The ledger of the moment, for traffic.</summary>
    public CoreLedger Traffic => Ledgers[_level];

    public CoreCounters ReadCounters(Phase phase)
    {
        CoreLedger[] levels = _ledgers[(int)phase];
        KernelLedger kernels = levels.Aggregate(default(KernelLedger), (sum, l) => sum + l.Total);
        return new CoreCounters
        {
            Core = Id,
            Busy = new Cycles(kernels.Cycles + levels.Sum(l => l.ControlCycles)),
            BusyTime = new SimTime(kernels.Picoseconds + levels.Sum(l => l.ControlPicoseconds)),
            WaitingTime = new SimTime(levels.Sum(l => l.AsleepPicoseconds + l.AwakePicoseconds)),
            KernelCalls = kernels.Calls,
            Work = kernels.Work,
            DmaLoaded = new Bytes(levels.Sum(l => l.Loaded)),
            DmaStored = new Bytes(levels.Sum(l => l.Stored)),
            NocSent = new Bytes(levels.Sum(l => l.Sent)),
        };
    }

    public IReadOnlyList<CoreLedger> LedgersOf(Phase phase) => _ledgers[(int)phase];

    /// <summary>Goes on in time until it asks for a transfer, or to the end of the superstep.</summary>
    /// <returns>Whether it asks for one.</returns>
    public bool AdvanceToTransfer()
    {
        for (; !_log.AtEnd; _log.Pass())
        {
            ref CoreEvent next = ref _log.Next;
            switch (next.Kind)
            {
                case CoreEventKind.Compute:
                    Clock.Compute(next.Name!, next.Duration);
                    break;
                case CoreEventKind.Level:
                    Clock.ChangeLevel(next.Number, Ledgers);
                    break;
                case CoreEventKind.Wait:
                    Clock.WaitUntil(_transfers[next.Number].Done, "wait for DMA", Ledgers);
                    break;
                default:
                    if (next.Duration > SimTime.Zero)
                    {
                        Clock.Compute(next.Name!, next.Duration);
                    }
                    return true;
            }
        }
        _log.Clear();
        _transfers.ForgetAwaited();
        return false;
    }

    /// <summary>Asks for the transfer that comes next.</summary>
    public void StartTransfer(Interconnect interconnect)
    {
        ref EmuTransfer transfer = ref _transfers[_log.Next.Number];
        SimTime begin = interconnect.Schedule(ref transfer, Id, Clock.Now);
        if (Clock.Sink is { } sink)
        {
            SimTime end = interconnect.EngineFree(Id);
            sink.Span(new TimelineSpan($"core {Id} DMA", TimelineActivity.Transfer, transfer.ToString(), begin, end));
            if (transfer.Kind != EmuTransferKind.Send)
            {
                sink.Span(new TimelineSpan("external memory", TimelineActivity.Transfer, $"core {Id} {transfer}", begin, end));
            }
        }
        if (transfer.Kind != EmuTransferKind.Load)
        {
            DeliveredAt = SimTime.Max(DeliveredAt, transfer.Done);
        }
        _log.Pass();
    }

    /// <summary>Meets the others at a moment.</summary>
    public void WaitAtBarrier(SimTime moment) => Clock.WaitUntil(moment, "wait at barrier", Ledgers);

    public void Save(List<long> words)
    {
        words.AddRange([Clock.Now.Picoseconds, Clock.Level, _level, DeliveredAt.Picoseconds]);
        foreach (CoreLedger ledger in _ledgers.SelectMany(phase => phase))
        {
            ledger.Save(words);
        }
        words.AddRange(_faults?.ToWords() ?? []);
    }

    public void Restore(EmuState words)
    {
        int levels = _device.Info.Levels.Count;
        Clock.Set(words.NextTime(), words.NextBelow(levels));
        int level = words.NextBelow(levels);
        if (level != Clock.Level)
        {
            _log.Level(level); // asked for between supersteps, to happen in the next
        }
        _level = level;
        DeliveredAt = words.NextTime();
        foreach (CoreLedger ledger in _ledgers.SelectMany(phase => phase))
        {
            ledger.Restore(words);
        }
        _faults?.FromWords(Clock.Now, words.Next(_faults.ToWords().Count()));
    }
}
