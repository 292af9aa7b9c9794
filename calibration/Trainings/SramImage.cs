using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal.Calibration.Trainings;

/// <summary>A copy of a core's SRAM on the host, buffer by buffer.</summary>
internal sealed class SramImage(IHostLink host, byte[] bytes)
{
    public void Copy<T>(SramRange<T> range)
        where T : struct
    {
        var contents = new T[range.Length];
        host.Read<T>(range, contents);
        MemoryMarshal.AsBytes(contents.AsSpan()).CopyTo(bytes.AsSpan(range.Buffer.Offset + (range.Start * Unsafe.SizeOf<T>())));
    }
}
