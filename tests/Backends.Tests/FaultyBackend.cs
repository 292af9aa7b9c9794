namespace NeuroHal.Backends.Tests;

/// <summary>A good backend with one fault put in.</summary>
internal sealed class FaultyBackend(IBackend good, Fault fault) : IBackend
{
    private readonly Dictionary<int, IDevice> _shared = [];
    private readonly SendCount _sends = new();

    public string Id => good.Id;

    public string Description => $"{good.Id} that {fault}";

    public IDevice Open(DeviceRequest request)
    {
        if (fault != Fault.SharesOneDevice)
        {
            return new FaultyDevice(good.Open(request), fault, _sends);
        }
        if (!_shared.TryGetValue(request.Cores, out IDevice? device))
        {
            device = good.Open(request);
            _shared.Add(request.Cores, device);
        }
        return device;
    }
}

/// <summary>Transfers between cores, over all devices of a backend.</summary>
internal sealed class SendCount
{
    private const int Lost = 21;
    private int _sends;

    public bool NextIsLost() => Interlocked.Increment(ref _sends) % Lost == 0;
}

internal sealed class FaultyDevice : IDevice, IKernelProfile
{
    private readonly IDevice _good;
    private readonly Fault _fault;
    private readonly FaultyCore[] _cores;

    public FaultyDevice(IDevice good, Fault fault, SendCount sends)
    {
        (_good, _fault) = (good, fault);
        _cores = [.. good.Cores.Select(c => new FaultyCore(c, good, fault, sends))];
    }

    public DeviceInfo Info => _fault == Fault.HidesEnergy ? _good.Info with { Energy = null } : _good.Info;

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _good.Dram;

    public IHostLink Host => _good.Host;

    public Phase Phase
    {
        get => _good.Phase;
        set
        {
            if (_fault != Fault.CountsOnlyOnePhase)
            {
                _good.Phase = value;
            }
        }
    }

    public void Superstep(string name, Action<ICore> body)
    {
        try
        {
            _good.Superstep(name, core =>
            {
                if (_fault == Fault.SkipsTheLastCore && core.Id > 0 && core.Id == _cores.Length - 1)
                {
                    return;
                }
                body(_cores[core.Id]);
                if (_fault == Fault.RunsCoresTwice)
                {
                    body(_cores[core.Id]);
                }
            });
        }
        catch (Exception) when (_fault == Fault.SwallowsExceptions)
        {
        }
    }

    public DeviceCounters ReadCounters()
    {
        DeviceCounters good = _good.ReadCounters();
        return _fault == Fault.MiscountsKernels
            ? new DeviceCounters([.. good.Phases.Select(p => p with { Cores = [.. p.Cores.Select(FaultyCore.Miscounted)] })])
            : good;
    }

    public IReadOnlyList<KernelCounters> ReadKernels(Phase phase) =>
        [.. _good.Find<IKernelProfile>()!.ReadKernels(phase).Select(k => k with { Calls = k.Calls + (_fault == Fault.MiscountsByKernel ? 1 : 0) })];

    public ReadOnlyMemory<byte> SaveState() => _good.SaveState();

    public void RestoreState(ReadOnlyMemory<byte> state)
    {
        if (_fault != Fault.ForgetsItsState)
        {
            _good.RestoreState(state);
        }
    }

    public ValueTask DisposeAsync() => _good.DisposeAsync();
}

internal sealed class FaultyCore(ICore good, IDevice device, Fault fault, SendCount sends) : ICore
{
    public int Id => good.Id;

    public ISram Sram { get; } = new FaultySram(good.Sram, fault);

    public IDmaEngine Dma { get; } = new FaultyDma(good.Dma, device, fault, sends);

    public PerformanceLevel Level
    {
        get => good.Level;
        set
        {
            if (fault != Fault.IgnoresLevels)
            {
                good.Level = value;
            }
        }
    }

    public static CoreCounters Miscounted(CoreCounters good) => good with { KernelCalls = good.KernelCalls * 2 };

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        if (WrongKernels.Of(fault, kernel) is { } wrong)
        {
            good.Run(wrong);
        }
        else
        {
            good.Run(kernel);
        }
    }

    public CoreCounters ReadCounters(Phase phase) => good.ReadCounters(phase);
}

internal sealed class FaultySram(ISram good, Fault fault) : ISram
{
    public Bytes Capacity => good.Capacity;

    public Bytes Used => good.Used;

    public IReadOnlyList<SramRegion> Map => good.Map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct => good.Allocate<T>(name, length);

    public void Reserve(string name, Bytes size)
    {
        if (fault != Fault.ForgetsReservations)
        {
            good.Reserve(name, size);
        }
    }

    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        if (fault != Fault.LeaksReleasedBuffers)
        {
            good.Release(buffer);
        }
    }
}

internal sealed class FaultyDma(IDmaEngine good, IDevice device, Fault fault, SendCount sends) : IDmaEngine
{
    private long _lost;

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        DmaTransfer transfer = good.Load(source, destination);
        if (fault == Fault.LandsLoadsAtOnce)
        {
            good.Wait(transfer);
        }
        return transfer;
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct =>
        fault == Fault.LosesStores ? Lost(source.Buffer.Core) : good.Store(source, destination);

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        if (fault == Fault.LandsSendsAtOnce)
        {
            var contents = new T[source.Length];
            device.Host.Read(source, contents.AsMemory());
            device.Host.Write<T>(contents, destination);
        }
        bool lost = fault == Fault.LosesSends || (fault == Fault.LosesASendNowAndThen && sends.NextIsLost());
        return lost ? Lost(source.Buffer.Core) : good.Send(source, destination);
    }

    public void Wait(DmaTransfer transfer)
    {
        if (transfer.Sequence < long.MaxValue / 2 && fault != Fault.LandsLoadsAtOnce)
        {
            good.Wait(transfer);
        }
    }

    private DmaTransfer Lost(int core) => new(core, (long.MaxValue / 2) + ++_lost);
}
