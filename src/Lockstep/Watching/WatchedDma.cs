namespace NeuroHal.Lockstep.Watching;

internal sealed class WatchedDma(IDmaEngine dma, WatchedCore core) : IDmaEngine
{
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        DmaTransfer transfer = dma.Load(source, destination);
        core.Observe(EventKind.Load);
        return transfer;
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct => dma.Store(source, destination);

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct => dma.Send(source, destination);

    public void Wait(DmaTransfer transfer)
    {
        dma.Wait(transfer);
        core.Observe(EventKind.Wait);
    }
}
