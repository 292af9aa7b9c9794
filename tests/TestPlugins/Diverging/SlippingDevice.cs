namespace NeuroHal.TestPlugins.Diverging;

/// <summary>A good device with one slip in it.</summary>
public sealed class SlippingDevice : IDevice
{
    private readonly IDevice _good;
    private readonly SlippingCore[] _cores;

    public SlippingDevice(IDevice good, Slip slip)
    {
        _good = good;
        _cores = [.. good.Cores.Select(c => new SlippingCore(c, slip))];
    }

    public DeviceInfo Info => _good.Info;

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _good.Dram;

    public IHostLink Host => _good.Host;

    public Phase Phase
    {
        get => _good.Phase;
        set => _good.Phase = value;
    }

    public void Superstep(string name, Action<ICore> body) => _good.Superstep(name, core => body(_cores[core.Id]));

    public DeviceCounters ReadCounters() => _good.ReadCounters();

    public ReadOnlyMemory<byte> SaveState() => _good.SaveState();

    public void RestoreState(ReadOnlyMemory<byte> state) => _good.RestoreState(state);

    public ValueTask DisposeAsync() => _good.DisposeAsync();
}

internal sealed class SlippingCore(ICore good, Slip slip) : ICore
{
    private readonly SlippingSram _sram = new(good.Sram, slip);
    private int _calls;

    public int Id => good.Id;

    public ISram Sram => _sram;

    public IDmaEngine Dma { get; } = new SlippingDma(good.Dma, good.Id == slip.Core ? slip : new Slip(SlipKind.Nudge, 0, 1));

    public PerformanceLevel Level
    {
        get => good.Level;
        set => good.Level = value;
    }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        good.Run(kernel);
        if (slip.Kind == SlipKind.Nudge && Id == slip.Core && kernel.Name == slip.Kernel && ++_calls >= slip.FromCall)
        {
            good.Run(new Nudge(_sram.Target, slip.Element, slip.Ulps));
        }
    }

    public CoreCounters ReadCounters(Phase phase) => good.ReadCounters(phase);
}

internal sealed class SlippingSram(ISram good, Slip slip) : ISram
{
    public SramBuffer<float> Target { get; private set; }

    public Bytes Capacity => good.Capacity;

    public Bytes Used => good.Used;

    public IReadOnlyList<SramRegion> Map => good.Map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        SramBuffer<T> buffer = good.Allocate<T>(name, length);
        if (name == slip.Buffer)
        {
            Target = new SramBuffer<float>(buffer.Core, buffer.Region, buffer.Generation, buffer.Offset, buffer.Length);
        }
        return buffer;
    }

    public void Reserve(string name, Bytes size) => good.Reserve(name, size);

    public void Release<T>(SramBuffer<T> buffer) where T : struct => good.Release(buffer);
}

internal sealed class SlippingDma(IDmaEngine good, Slip slip) : IDmaEngine
{
    private readonly HashSet<DmaTransfer> _lost = [];
    private int _calls;

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        DmaTransfer transfer = good.Load(source, destination);
        if (Slips(SlipKind.LosesLoads))
        {
            _lost.Add(transfer);
        }
        else if (Slips(SlipKind.LandsLoadsAtOnce))
        {
            good.Wait(transfer);
            _lost.Add(transfer);
        }
        return transfer;
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct => good.Store(source, destination);

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        if (!Slips(SlipKind.LosesSends))
        {
            return good.Send(source, destination);
        }
        var lost = new DmaTransfer(source.Buffer.Core, long.MaxValue - _calls);
        _lost.Add(lost);
        return lost;
    }

    public void Wait(DmaTransfer transfer)
    {
        if (!_lost.Remove(transfer))
        {
            good.Wait(transfer);
        }
    }

    private bool Slips(SlipKind kind) => slip.Kind == kind && ++_calls >= slip.FromCall;
}

/// <summary>Moves a float by some units in the last place.</summary>
internal readonly struct Nudge(SramBuffer<float> buffer, int element, int ulps) : IKernel
{
    public string Name => "nudge";

    public WorkCounts Run(SramView sram)
    {
        ref float value = ref sram.Span(buffer)[element];
        value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + ulps);
        return WorkCounts.None;
    }
}
