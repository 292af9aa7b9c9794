using System.Runtime.CompilerServices;
using NeuroHal;

namespace WideMac;

/// <summary>Moves data and charges for it; when a copy is taken and when it is seen is <see cref="DmaStage"/>'s business.</summary>
internal sealed class WideMacDma(WideMacCore core, DmaStage stage, Profile profile, Ledger ledger) : IDmaEngine
{
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        Charge<T>(Count.Loaded, source.Length);
        return stage.Load(source, destination);
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        Charge<T>(Count.Stored, source.Length);
        return stage.Store(source, destination);
    }

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        Charge<T>(Count.Sent, source.Length);
        return stage.Send(source, destination);
    }

    public void Wait(DmaTransfer transfer) => stage.Complete(transfer);

    public void Deliver(IReadOnlyList<SramStorage> memories) => stage.Deliver(memories);

    private void Charge<T>(Count count, int elements)
    {
        long bytes = (long)elements * Unsafe.SizeOf<T>();
        ledger[core.Id, count] += bytes;
        core.Wait((long)profile["dma.setup"].Value + profile.Transfer("dma.width", bytes));
    }
}
