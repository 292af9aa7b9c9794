using NeuroHal;

namespace MyBackend;

internal sealed class Device : IDevice
{
    /// <summary>Slowest first where there are several.</summary>
    public static readonly PerformanceLevel OnlyLevel = new("nominal", Volts: 1.0, Hertz: 200e6);

    private const long BarrierCycles = 100;

    private static readonly Bytes _sram = Bytes.FromKiB(128);
    private static readonly Bytes _dramSize = Bytes.FromKiB(1 << 20);

    private readonly Ledger _ledger;
    private readonly Core[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram = new(_dramSize);
    private readonly CoreThreads _threads;

    public Device(string backend, int cores)
    {
        _ledger = new Ledger(cores);
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, _sram))];
        _cores = [.. _memories.Select((memory, id) => new Core(id, memory, _dram, _ledger))];
        _threads = new CoreThreads(_cores, Environment.ProcessorCount);
        Host = new HostLink(_memories, _dram, _ledger);
        Info = new DeviceInfo
        {
            Backend = backend,
            Profile = "first",
            Kind = DeviceKind.Emulation,
            Cores = cores,
            CoresAvailable = Backend.MostCores,
            SramPerCore = _sram,
            SramIsLimited = true,
            Dram = _dramSize,
            Levels = [OnlyLevel],
            Energy = null,
        };
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _dram;

    public IHostLink Host { get; }

    public Phase Phase
    {
        get => _ledger.Phase;
        set => _ledger.Phase = value;
    }

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

    public DeviceCounters ReadCounters() => Readings.OfDevice(_ledger);

    public ReadOnlyMemory<byte> SaveState() => _ledger.Save();

    public void RestoreState(ReadOnlyMemory<byte> state) => _ledger.Restore(state);

    public ValueTask DisposeAsync()
    {
        _threads.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What was sent arrives, and all cores wait for the slowest.</summary>
    private void Barrier()
    {
        foreach (Core core in _cores)
        {
            core.Deliver(_memories);
        }
        long slowest = _cores.Max(c => c.Now);
        foreach (Core core in _cores)
        {
            core.WaitUntil(slowest);
        }
        _ledger[_ledger.Device, Count.Elapsed] += slowest + BarrierCycles;
    }
}
