using System.Runtime.CompilerServices;
using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>A core's DMA engine: transfers run beside the core, one after the other.</summary>
internal sealed class EmuDma(EmuCore core, EmuDevice device, DmaStage stage, FaultyDma? faults) : IDmaEngine
{
    private readonly Cycles _setup = new((long)Math.Round(device.Profile.Transfers.DmaSetup.Value));

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

    public void FetchAhead() => stage.FetchAhead();

    public void Wait(DmaTransfer transfer)
    {
        if (core.Transfers.Await(transfer.Sequence) is >= 0 and var number && core.Transfers[number].Done > core.Clock.Now)
        {
            core.Log.Wait(number);
        }
        stage.Complete(transfer);
        faults?.Complete(transfer);
    }

    private DmaTransfer Start(DmaTransfer handle, EmuTransferKind kind, int target, long bytes)
    {
        core.Control("start DMA", _setup);
        Topology topology = device.Topology;
        bool external = kind != EmuTransferKind.Send;
        int hops = external ? topology.HopsToMemory(core.Id, target) : topology.Hops(core.Id, target);
        int chips = topology.ChipHops(topology.ChipOf(core.Id), external ? target : topology.ChipOf(target));
        core.Traffic.ByteHops += bytes * hops;
        core.Traffic.ByteLinks += bytes * chips;
        device.Barrier.Note(kind, chips);
        core.Log.Start(core.Transfers.Add(new EmuTransfer
        {
            Sequence = handle.Sequence,
            Kind = kind,
            Target = target,
            Bytes = bytes,
            Done = EmuTransfer.Unknown,
            Hops = hops,
            ChipHops = chips,
        }));
        return handle;
    }
}
