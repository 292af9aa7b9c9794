using System.Runtime.InteropServices;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuHostLink(EmuDevice device, SramStorage[] memories, DramStorage dram) : IHostLink
{
    public void Write<T>(ReadOnlyMemory<T> source, SramRange<T> destination) where T : struct =>
        Copy(source.Span, memories[destination.Buffer.Core].View.Span(destination), toDevice: true);

    public void Write<T>(ReadOnlyMemory<T> source, DramRange<T> destination) where T : struct =>
        Copy(source.Span, dram.Write(destination), toDevice: true);

    public void Read<T>(SramRange<T> source, Memory<T> destination) where T : struct =>
        Copy(memories[source.Buffer.Core].View.Span(source), destination.Span, toDevice: false);

    public void Read<T>(DramRange<T> source, Memory<T> destination) where T : struct =>
        Copy(dram.Read(source), destination.Span, toDevice: false);

    private void Copy<T>(ReadOnlySpan<T> from, Span<T> to, bool toDevice) where T : struct
    {
        from.CopyTo(to);
        device.CountHost(MemoryMarshal.AsBytes(from).Length, toDevice);
    }
}
