using System.Runtime.CompilerServices;

namespace NeuroHal.DeepR.Planning;

/// <summary>SRAM without bytes or limit: notes down what would be allocated where.</summary>
internal sealed class SramLedger(Bytes capacity) : ISram
{
    private static readonly Bytes _noLimit = new(long.MaxValue / 2);

    private readonly SramLayout _layout = new();

    public Bytes Capacity => capacity;

    public Bytes Used => _layout.Used;

    /// <summary>What the regions need, alignment gaps included.</summary>
    public Bytes End => _layout.End;

    public IReadOnlyList<SramRegion> Map => _layout.Map;

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct
    {
        var size = new Bytes((long)length * Unsafe.SizeOf<T>());
        _layout.Place(name, size, Math.Max(SramLayout.WordBytes, Unsafe.SizeOf<T>()), _noLimit);
        return default;
    }

    public void Reserve(string name, Bytes size) => _layout.Place(name, size, SramLayout.WordBytes, _noLimit);

    public void Release<T>(SramBuffer<T> buffer) where T : struct =>
        throw new NotSupportedException("A plan only allocates.");
}
