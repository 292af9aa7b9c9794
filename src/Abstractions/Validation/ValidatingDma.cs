namespace NeuroHal;

internal sealed class ValidatingDma(int core, IDmaEngine dma, ValidatingDevice device) : IDmaEngine
{
    private readonly PendingTransfers _pending = new();

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        Check("load", source.Length, destination.Length);
        device.DramChecks.Check(source);
        device.SramChecks(core).Check(destination);
        return Track(dma.Load(source, destination));
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        Check("store", source.Length, destination.Length);
        device.SramChecks(core).Check(source);
        device.DramChecks.Check(destination);
        return Track(dma.Store(source, destination));
    }

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        Check("send", source.Length, destination.Length);
        device.SramChecks(core).Check(source);
        if (destination.Buffer.Core == core)
        {
            throw new BadArgumentException($"Core {core}: DMA send to itself; it is for other cores' SRAM.");
        }
        device.SramChecks(destination.Buffer.Core).Check(destination);
        return Track(dma.Send(source, destination));
    }

    public void Wait(DmaTransfer transfer)
    {
        if (transfer.Core != core || !_pending.Remove(transfer.Sequence))
        {
            throw new BadArgumentException(
                $"Core {core}: DMA wait for transfer {transfer.Sequence} of core {transfer.Core}, which is not pending here.");
        }
        dma.Wait(transfer);
    }

    private void Check(string what, int source, int destination)
    {
        if (device.RunningSuperstep is null)
        {
            throw new BadArgumentException($"Core {core}: DMA {what} outside a superstep.");
        }
        if (source != destination)
        {
            throw ElementType.DifferentLength($"Core {core}: DMA {what}", source, destination);
        }
    }

    private DmaTransfer Track(DmaTransfer transfer)
    {
        _pending.Add(transfer.Sequence);
        return transfer;
    }
}
