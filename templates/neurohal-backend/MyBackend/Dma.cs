using System.Runtime.CompilerServices;
using NeuroHal;

namespace MyBackend;

/// <summary>Moves data and charges for it; when a copy is taken and when it is seen is <see cref="DmaStage"/>'s business.</summary>
internal sealed class Dma(Core core, DmaStage stage, Ledger ledger) : IDmaEngine
{
    private const long SetupCycles = 50;
    private const long BytesPerCycle = 8;

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
        core.Wait(SetupCycles + (bytes / BytesPerCycle));
    }
}
