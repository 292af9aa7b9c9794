using System.Runtime.CompilerServices;

namespace NeuroHal.ReferenceCpu;

/// <summary>Copies when asked; what the contract says about when a copy is seen holds all the same.</summary>
internal sealed class CpuDma(int core, DmaStage stage, CpuCounters counters) : IDmaEngine
{
    private bool _hasStored;

    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        counters.OfCore(core).Loaded += source.Length * Unsafe.SizeOf<T>();
        return stage.Load(source, destination);
    }

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct
    {
        _hasStored = true;
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

    /// <summary>Before a superstep: what the last one sent has arrived.</summary>
    public void ForgetOutgoing() => stage.ForgetOutgoing();

    /// <summary>At a barrier, by the thread of the cores that it goes to.</summary>
    public void DeliverPart(IReadOnlyList<SramStorage> memories, int part, int parts) => stage.DeliverPart(memories, part, parts);

    /// <summary>After a barrier, engine by engine.</summary>
    public void DeliverStores()
    {
        if (_hasStored)
        {
            _hasStored = false;
            stage.DeliverStores();
        }
    }
}
