using System.Buffers;
using System.Runtime.InteropServices;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// Reads buffers from a device, over the host link, into a saved state. It keeps its memory from one state to the next: runs save
/// after every epoch, and what is thrown away by the hundred kilobyte lies about until the collector comes by.
/// </summary>
internal sealed class StateWriter(IHostLink host) : IStateCarrier
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written since <see cref="Restart"/>; good until the next one.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Whether every floating-point number so far is finite.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Begins another state.</summary>
    public void Restart()
    {
        _bytes.ResetWrittenCount();
        IsFinite = true;
    }

    public void Write(long number) => _bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));

    public void Carry<T>(SramBuffer<T> buffer) where T : struct
    {
        if (buffer.IsPresent)
        {
            T[] elements = ArrayPool<T>.Shared.Rent(buffer.Length);
            host.Read<T>(buffer, elements.AsMemory(0, buffer.Length));
            Add(elements, buffer.Length);
        }
    }

    public void Carry<T>(DramBuffer<T> buffer) where T : struct
    {
        if (buffer != default)
        {
            T[] elements = ArrayPool<T>.Shared.Rent(buffer.Length);
            host.Read<T>(buffer, elements.AsMemory(0, buffer.Length));
            Add(elements, buffer.Length);
        }
    }

    private void Add<T>(T[] rented, int count) where T : struct
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<T>(rented.AsSpan(0, count));
        if (typeof(T) == typeof(float))
        {
            foreach (float number in MemoryMarshal.Cast<byte, float>(bytes))
            {
                IsFinite &= float.IsFinite(number);
            }
        }
        _bytes.Write(bytes);
        ArrayPool<T>.Shared.Return(rented);
    }
}
