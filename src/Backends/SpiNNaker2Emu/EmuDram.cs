using System.Runtime.CompilerServices;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// The chips' external memories as one: buffers follow one another, first through the memory of the first chip, then through the
/// next one's.
/// </summary>
internal sealed class EmuDram(DramStorage storage, Bytes perChip) : IDram
{
    // By buffer id, where it begins.
    private readonly List<long> _begins = [0];

    public Bytes Capacity => storage.Capacity;

    public Bytes Used => storage.Used;

    public DramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        long begin = storage.Used.Count;
        DramBuffer<T> buffer = storage.Allocate<T>(name, length);
        while (_begins.Count <= buffer.Id)
        {
            _begins.Add(begin);
        }
        return buffer;
    }

    public void Release<T>(DramBuffer<T> buffer) where T : struct => storage.Release(buffer);

    /// <summary>The chip whose memory holds the beginning of a range.</summary>
    public int ChipOf<T>(DramRange<T> range) where T : struct =>
        (int)((_begins[range.Buffer.Id] + ((long)range.Start * Unsafe.SizeOf<T>())) / perChip.Count);
}
