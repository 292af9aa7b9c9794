using System.Runtime.InteropServices;
using NeuroHal;

namespace WideMac;

/// <summary>How the host fills and reads memory, between supersteps.</summary>
internal sealed class WideMacHostLink(SramStorage[] memories, DramStorage dram, Profile profile, Ledger ledger) : IHostLink
{
    public void Write<T>(ReadOnlyMemory<T> source, SramRange<T> destination) where T : struct =>
        Copy(source.Span, memories[destination.Buffer.Core].View.Span(destination), Count.ToDevice);

    public void Write<T>(ReadOnlyMemory<T> source, DramRange<T> destination) where T : struct =>
        Copy(source.Span, dram.Write(destination), Count.ToDevice);

    public void Read<T>(SramRange<T> source, Memory<T> destination) where T : struct =>
        Copy(memories[source.Buffer.Core].View.Span(source), destination.Span, Count.ToHost);

    public void Read<T>(DramRange<T> source, Memory<T> destination) where T : struct =>
        Copy(dram.Read(source), destination.Span, Count.ToHost);

    private void Copy<T>(ReadOnlySpan<T> from, Span<T> to, Count count) where T : struct
    {
        from.CopyTo(to);
        long bytes = MemoryMarshal.AsBytes(from).Length;
        ledger[ledger.Device, count] += bytes;
        ledger[ledger.Device, Count.Elapsed] += profile.Transfer("host.width", bytes);
    }
}
