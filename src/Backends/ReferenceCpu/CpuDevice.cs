namespace NeuroHal.ReferenceCpu;

internal sealed class CpuDevice : IDevice
{
    /// <summary>The host sets its clock and voltage itself.</summary>
    public static readonly PerformanceLevel HostLevel = new("host", 0, 0);

    // No limit of the device: enough for any data set, and host memory is taken only as buffers are allocated.
    private static readonly Bytes _dramCapacity = Bytes.FromKiB(16L << 20);

    private readonly CpuCore[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram = new(_dramCapacity);
    private readonly CpuCounters _counters;
    private readonly CoreThreads _threads;
    private readonly Action<ICore> _forget;
    private readonly Action<int> _deliver;

    public CpuDevice(CpuOptions options, int cores, TimeProvider time, EnergyMeter? meter, string? noMeterBecause)
    {
        var capacity = new Bytes(options.SramPerCore ?? Array.MaxLength);
        _counters = new CpuCounters(cores, time, meter);
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, capacity))];
        _cores = [.. _memories.Select((memory, id) => new CpuCore(id, memory, _dram, _counters))];
        Host = new CpuHostLink(_memories, _dram, _counters);
        _threads = new CoreThreads(_cores, options.Threads);
        _forget = core => _cores[core.Id].Engine.ForgetOutgoing();
        _deliver = Deliver;
        Info = new DeviceInfo
        {
            Backend = "ReferenceCpu",
            Profile = "host",
            Kind = DeviceKind.Host,
            Cores = cores,
            CoresAvailable = CpuBackend.MostCores,
            SramPerCore = capacity,
            SramIsLimited = options.SramPerCore is not null,
            Dram = _dramCapacity,
            Levels = [HostLevel],
            Energy = meter is null ? null : EnergyMethod.Measured,
            NoEnergyBecause = noMeterBecause,
        };
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _dram;

    public IHostLink Host { get; }

    public Phase Phase
    {
        get => _counters.Phase;
        set => _counters.Phase = value;
    }

    public void Superstep(string name, Action<ICore> body)
    {
        long start = _counters.Start();
        try
        {
            _threads.Run(body, _forget, _deliver);
        }
        finally
        {
            foreach (CpuCore core in _cores)
            {
                core.Engine.DeliverStores();
            }
            _counters.Stop(start);
        }
    }

    public DeviceCounters ReadCounters() => _counters.Read();

    public ReadOnlyMemory<byte> SaveState() => _counters.Save();

    public void RestoreState(ReadOnlyMemory<byte> state) => _counters.Restore(state);

    public ValueTask DisposeAsync()
    {
        _threads.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Each thread fetches what its own cores are sent: they are about to read it, and it need not cross twice.</summary>
    private void Deliver(int part)
    {
        foreach (CpuCore core in _cores)
        {
            core.Engine.DeliverPart(_memories, part, _threads.Parts);
        }
    }
}
