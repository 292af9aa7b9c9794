using System.Runtime.CompilerServices;

namespace NeuroHal.DeepR.Planning;

/// <summary>SRAM without bytes or limit: notes down what would be allocated, by the alignment rule of the contract.</summary>
internal sealed class SramLedger(Bytes capacity) : ISram
{
    private const int WordBytes = 4;

    private readonly List<SramRegion> _map = [];
    private long _end;

    public Bytes Capacity => capacity;

    public Bytes Used => new(_end);

    public IReadOnlyList<SramRegion> Map => _map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        Place(name, (long)length * Unsafe.SizeOf<T>(), Math.Max(WordBytes, Unsafe.SizeOf<T>()));
        return default;
    }

    public void Reserve(string name, Bytes size) => Place(name, size.Count, WordBytes);

    public void Release<T>(SramBuffer<T> buffer) where T : struct =>
        throw new NotSupportedException("A plan only allocates.");

    private void Place(string name, long size, int alignment)
    {
        long offset = (_end + alignment - 1) / alignment * alignment;
        _map.Add(new SramRegion(name, (int)Math.Min(offset, int.MaxValue), new Bytes(size)));
        _end = offset + size;
    }
}
