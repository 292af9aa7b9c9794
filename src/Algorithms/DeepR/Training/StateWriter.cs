using System.Runtime.InteropServices;

namespace NeuroHal.DeepR.Training;

/// <summary>Reads buffers from a device, over the host link, into a saved state.</summary>
internal sealed class StateWriter(IHostLink host) : IStateCarrier
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    /// <summary>Whether every floating-point number so far is finite.</summary>
    public bool IsFinite { get; private set; } = true;

    public void Write(long number) => _bytes.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));

    public void Carry<T>(SramBuffer<T> buffer) where T : struct
    {
        if (buffer.IsPresent)
        {
            var elements = new T[buffer.Length];
            host.Read<T>(buffer, elements);
            Add(elements);
        }
    }

    public void Carry<T>(DramBuffer<T> buffer) where T : struct
    {
        if (buffer != default)
        {
            var elements = new T[buffer.Length];
            host.Read<T>(buffer, elements);
            Add(elements);
        }
    }

    private void Add<T>(T[] elements) where T : struct
    {
        if (elements is float[] numbers)
        {
            IsFinite &= Array.TrueForAll(numbers, float.IsFinite);
        }
        _bytes.AddRange(MemoryMarshal.AsBytes<T>(elements));
    }
}
