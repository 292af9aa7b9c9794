using NeuroHal;

namespace WideMac;

/// <summary>The chip: cores with memory and array, external memory, one clock for all.</summary>
internal sealed class WideMacDevice : IDevice, IDeviceModel
{
    public const string OnlyLevel = "nominal";

    private readonly Profile _profile;
    private readonly Ledger _ledger;
    private readonly WideMacCore[] _cores;
    private readonly SramStorage[] _memories;
    private readonly DramStorage _dram;
    private readonly CoreThreads _threads;
    private readonly Readings _readings;
    private readonly string? _report;

    public WideMacDevice(Profile profile, int cores, string? report)
    {
        _profile = profile;
        _report = report;
        _ledger = new Ledger(cores);
        _dram = new DramStorage(new Bytes(profile.Dram));
        _memories = [.. Enumerable.Range(0, cores).Select(id => new SramStorage(id, new Bytes(profile.SramPerCore)))];
        _cores = [.. _memories.Select((memory, id) => new WideMacCore(id, memory, _dram, profile, _ledger))];
        _threads = new CoreThreads(_cores, Environment.ProcessorCount);
        _readings = new Readings(profile, _ledger, cores);
        Host = new WideMacHostLink(_memories, _dram, profile, _ledger);
        Info = new DeviceInfo
        {
            Backend = "WideMac",
            Profile = profile.Name,
            Kind = DeviceKind.Emulation,
            Cores = cores,
            CoresAvailable = profile.Cores,
            SramPerCore = new Bytes(profile.SramPerCore),
            SramIsLimited = true,
            Dram = new Bytes(profile.Dram),
            Levels = [new PerformanceLevel(OnlyLevel, 0.9, profile["clock"].Value)],
            Energy = EnergyMethod.Modelled,
            Accelerators = ["mac-array"],
        };
    }

    public DeviceInfo Info { get; }

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _dram;

    public IHostLink Host { get; }

    public IReadOnlyList<ModelConstant> Constants => _profile.Constants;

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

    public DeviceCounters ReadCounters() => _readings.Read();

    public ReadOnlyMemory<byte> SaveState() => _ledger.Save();

    public void RestoreState(ReadOnlyMemory<byte> state) => _ledger.Restore(state);

    public ValueTask DisposeAsync()
    {
        _threads.Dispose();
        if (_report is not null)
        {
            ArrayReport.Write(_report, _profile, _ledger);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>What was sent arrives, and all cores wait for the slowest.</summary>
    private void Barrier()
    {
        foreach (WideMacCore core in _cores)
        {
            core.Deliver(_memories);
        }
        long slowest = _cores.Max(c => c.Now);
        foreach (WideMacCore core in _cores)
        {
            core.WaitUntil(slowest);
        }
        _ledger[_ledger.Device, Count.Elapsed] += slowest + (long)_profile["barrier"].Value;
    }
}
