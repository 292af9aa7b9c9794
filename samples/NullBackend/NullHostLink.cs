using NeuroHal;

namespace NullBackend;

internal sealed class NullHostLink : IHostLink
{
    public void Write<T>(ReadOnlyMemory<T> source, SramRange<T> destination) where T : struct =>
        throw NotYet.Implemented("NullHostLink.Write", "bytes from the host to a core's memory, counted (M8, C2)");

    public void Write<T>(ReadOnlyMemory<T> source, DramRange<T> destination) where T : struct =>
        throw NotYet.Implemented("NullHostLink.Write", "bytes from the host to external memory, counted (M8, C2)");

    public void Read<T>(SramRange<T> source, Memory<T> destination) where T : struct =>
        throw NotYet.Implemented("NullHostLink.Read", "bytes from a core's memory to the host, counted (M8, C2)");

    public void Read<T>(DramRange<T> source, Memory<T> destination) where T : struct =>
        throw NotYet.Implemented("NullHostLink.Read", "bytes from external memory to the host, counted (M8, C2)");
}
