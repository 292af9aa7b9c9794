using System.Runtime.CompilerServices;
using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>A core's DMA engine: transfers run beside the core, one after the other.</summary>
internal sealed class EmuDma(EmuCore core, EmuDevice device, DmaStage stage, FaultyDma? faults) : IDmaEngine
{
    private readonly Dictionary<long, EmuTransfer> _running = [];
    private readonly Stack<EmuTransfer> _idle = new();

    /// <summary>Those yet to be awaited, in the order in which they were started.</summary>
    public EmuTransfer[] Pending => [.. _running.Values.OrderBy(t => t.Sequence)];

    public static string Describe(EmuTransfer transfer) => transfer.Kind switch
    {
        EmuTransferKind.Load => $"load {transfer.Bytes} B",
        EmuTransferKind.Store => $"store {transfer.Bytes} B",
        _ => $"send {transfer.Bytes} B to core {transfer.Target}",
    };

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Traffic.Loaded += bytes;
        DmaTransfer handle = faults is null ? stage.Load(source, destination) : faults.Load(stage, source, destination);
        return Start(handle, EmuTransferKind.Load, device.Memory.ChipOf(source), bytes);
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Traffic.Stored += bytes;
        DmaTransfer handle = faults is null ? stage.Store(source, destination) : faults.Store(stage, source, destination);
        return Start(handle, EmuTransferKind.Store, device.Memory.ChipOf(destination), bytes);
    }

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        long bytes = (long)source.Length * Unsafe.SizeOf<T>();
        core.Traffic.Sent += bytes;
        DmaTransfer handle = faults is null ? stage.Send(source, destination) : faults.Send(stage, source, destination);
        return Start(handle, EmuTransferKind.Send, destination.Buffer.Core, bytes);
    }

    public void Wait(DmaTransfer transfer)
    {
        if (_running.Remove(transfer.Sequence, out EmuTransfer? running))
        {
            core.Log.Wait(running);
        }
        stage.Complete(transfer);
        faults?.Complete(transfer);
    }

    public void Deliver(IReadOnlyList<SramStorage> memories, bool sendsAreThere)
    {
        if (sendsAreThere)
        {
            stage.DeliverRest();
        }
        else
        {
            stage.Deliver(memories);
        }
    }

    public void DeliverPart(IReadOnlyList<SramStorage> memories, int part, int parts) => stage.DeliverPart(memories, part, parts);

    /// <summary>Takes back a transfer that nobody needs any more.</summary>
    public void Recycle(EmuTransfer transfer) => _idle.Push(transfer);

    private DmaTransfer Start(DmaTransfer handle, EmuTransferKind kind, int target, long bytes)
    {
        core.Control("start DMA", device.Profile.Transfers.DmaSetup.Value);
        Topology topology = device.Topology;
        (int hops, int chips) = kind == EmuTransferKind.Send
            ? (topology.Hops(core.Id, target), topology.ChipHops(topology.ChipOf(core.Id), topology.ChipOf(target)))
            : (topology.HopsToMemory(core.Id, target), topology.ChipHops(topology.ChipOf(core.Id), target));
        core.Traffic.ByteHops += bytes * hops;
        core.Traffic.ByteLinks += bytes * chips;
        EmuTransfer transfer = _idle.TryPop(out EmuTransfer? idle) ? idle : new EmuTransfer();
        (transfer.Sequence, transfer.Kind, transfer.Target, transfer.Bytes) = (handle.Sequence, kind, target, bytes);
        (transfer.Hops, transfer.ChipHops) = (hops, chips);
        _running.Add(handle.Sequence, transfer);
        core.Log.Start(transfer);
        return handle;
    }
}
