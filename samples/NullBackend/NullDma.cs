using NeuroHal;

namespace NullBackend;

internal sealed class NullDma : IDmaEngine
{
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct =>
        throw NotYet.Implemented("NullDma.Load", "from external memory, there once awaited (T1, T2; DmaStage keeps the rule)");

    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct =>
        throw NotYet.Implemented("NullDma.Store", "to external memory, there from the next barrier on (T3; DmaStage keeps the rule)");

    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct =>
        throw NotYet.Implemented("NullDma.Send", "to another core, there from the next barrier on (T5, T6; DmaStage keeps the rule)");

    public void Wait(DmaTransfer transfer) =>
        throw NotYet.Implemented("NullDma.Wait", "go on once the copy is there (T1, T7; DmaStage.Complete)");
}
