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
    private readonly ParallelOptions _threads;

    public CpuDevice(CpuOptions options, int cores, TimeProvider time, EnergyMeter? meter)
    {
        var capacity = new Bytes(options.SramPerCore ?? Array.MaxLength);
        _counters = new CpuCounters(cores, time, meter);
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, capacity))];
        _cores = [.. _memories.Select((memory, id) => new CpuCore(id, memory, _dram, _counters))];
        Host = new CpuHostLink(_memories, _dram, _counters);
        _threads = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
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
            if (_cores.Length == 1)
            {
                body(_cores[0]);
            }
            else
            {
                RunParallel(body);
            }
        }
        finally
        {
            foreach (CpuCore core in _cores)
            {
                core.Deliver(_memories);
            }
            _counters.Stop(start);
        }
    }

    public DeviceCounters ReadCounters() => _counters.Read();

    public ReadOnlyMemory<byte> SaveState() => _counters.Save();

    public void RestoreState(ReadOnlyMemory<byte> state) => _counters.Restore(state);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void RunParallel(Action<ICore> body)
    {
        try
        {
            Parallel.For(0, _cores.Length, _threads, id => body(_cores[id]));
        }
        catch (AggregateException e)
        {
            // The contract passes an exception of the program on as it was.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
