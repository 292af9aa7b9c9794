using System.Runtime.CompilerServices;
using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>A core's DMA engine: transfers run beside the core, one after the other.</summary>
internal sealed class EmuDma(EmuCore core, DeviceProfile profile, DmaStage stage) : IDmaEngine
{
    private readonly TransferProfile _transfers = profile.Transfers;
    private readonly List<(long Sequence, SimTime Done)> _running = [];
    private SimTime _free;

    /// <summary>When everything for others that was started so far has arrived.</summary>
    public SimTime DeliveredAt { get; private set; }

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Control(_transfers.DmaSetup.Value, loaded: bytes);
        DmaTransfer transfer = stage.Load(source, destination);
        Run(transfer, bytes, _transfers.DramLatency, _transfers.DramBandwidth);
        return transfer;
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Control(_transfers.DmaSetup.Value, stored: bytes);
        DmaTransfer transfer = stage.Store(source, destination);
        DeliveredAt = Run(transfer, bytes, _transfers.DramLatency, _transfers.DramBandwidth);
        return transfer;
    }

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Control(_transfers.DmaSetup.Value, sent: bytes);
        DmaTransfer transfer = stage.Send(source, destination);
        DeliveredAt = Run(transfer, bytes, _transfers.NocLatency, _transfers.NocBandwidth);
        return transfer;
    }

    public void Wait(DmaTransfer transfer)
    {
        for (int i = 0; i < _running.Count; i++)
        {
            if (_running[i].Sequence == transfer.Sequence)
            {
                core.SleepUntil(_running[i].Done);
                _running.RemoveAt(i);
                break;
            }
        }
        stage.Complete(transfer);
    }

    public void Deliver(IReadOnlyList<SramStorage> memories) => stage.Deliver(memories);

    /// <summary>Forgets the past; nothing is running.</summary>
    public void Reset(SimTime clock)
    {
        _running.Clear();
        _free = clock;
        DeliveredAt = clock;
    }

    private SimTime Run(DmaTransfer transfer, long bytes, Constant latency, Constant bandwidth)
    {
        SimTime start = SimTime.Max(core.Clock, _free);
        SimTime done = start + SimTime.FromNanoseconds(latency.Value) + SimTime.FromSeconds(bytes / bandwidth.Value);
        _free = done;
        _running.Add((transfer.Sequence, done));
        return done;
    }
}
