using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>An SRAM that knows which buffer is where, so that faults find it.</summary>
internal sealed class FaultySram(SramStorage storage) : ISram
{
    private readonly List<FaultyBuffer> _buffers = [];

    public Bytes Capacity => storage.Capacity;

    public Bytes Used => storage.Used;

    public IReadOnlyList<SramRegion> Map => storage.Map;

    /// <summary>The live buffers in order of address.</summary>
    public IReadOnlyList<FaultyBuffer> Buffers => _buffers;

    public static bool Matches(string name, IReadOnlyList<string> patterns) =>
        patterns.Count == 0 || patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name));

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        SramBuffer<T> buffer = storage.Allocate<T>(name, length);
        int size = Unsafe.SizeOf<T>();
        var bytes = new SramBuffer<byte>(buffer.Core, buffer.Region, buffer.Generation, buffer.Offset, length * size);
        int place = _buffers.FindIndex(b => b.Bytes.Offset > buffer.Offset);
        _buffers.Insert(place < 0 ? _buffers.Count : place, new FaultyBuffer(name, Math.Min(size, sizeof(uint)), bytes));
        return buffer;
    }

    public void Reserve(string name, Bytes size) => storage.Reserve(name, size);

    public void Release<T>(SramBuffer<T> buffer) where T : struct
    {
        storage.Release(buffer);
        _buffers.RemoveAll(b => b.Bytes.Region == buffer.Region);
    }

    /// <summary>The buffer that holds a byte; null where none does.</summary>
    public FaultyBuffer? At(long address)
    {
        (int low, int high) = (0, _buffers.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _buffers[middle].Bytes.Offset <= address ? (middle + 1, high) : (low, middle);
        }
        return low > 0 && address < _buffers[low - 1].End ? _buffers[low - 1] : null;
    }

    public FaultyBuffer? Named(string name) => _buffers.Find(b => b.Name == name);

    public void Flip(FaultyBuffer buffer, long address, int bit) =>
        storage.View.Span(buffer.Bytes)[(int)(address - buffer.Bytes.Offset)] ^= (byte)(1 << bit);
}

/// <summary>A buffer as faults see it.</summary>
/// <param name="Name">The name it was allocated under.</param>
/// <param name="Word">The bytes of an element, at most 4: of longer ones each word counts by itself.</param>
/// <param name="Bytes">The handle to its bytes.</param>
internal sealed record FaultyBuffer(string Name, int Word, SramBuffer<byte> Bytes)
{
    public long End => (long)Bytes.Offset + Bytes.Length;
}
