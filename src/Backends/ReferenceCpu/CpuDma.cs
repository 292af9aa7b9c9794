using System.Runtime.CompilerServices;

namespace NeuroHal.ReferenceCpu;

/// <summary>Copies when asked; what the contract says about when a copy is seen holds all the same.</summary>
internal sealed class CpuDma(int core, DmaStage stage, CpuCounters counters) : IDmaEngine
{
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        counters.OfCore(core).Loaded += source.Length * Unsafe.SizeOf<T>();
        return stage.Load(source, destination);
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        counters.OfCore(core).Stored += source.Length * Unsafe.SizeOf<T>();
        return stage.Store(source, destination);
    }

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct
    {
        counters.OfCore(core).Sent += source.Length * Unsafe.SizeOf<T>();
        return stage.Send(source, destination);
    }

    public void Wait(DmaTransfer transfer) => stage.Complete(transfer);

    public void FetchAhead() => stage.FetchAhead();

    public void Deliver(IReadOnlyList<SramStorage> memories) => stage.Deliver(memories);
}
