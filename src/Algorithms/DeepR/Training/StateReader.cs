using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// Fills a device's buffers, over the host link, from a saved state. How long a buffer is the device says, never the state.
/// </summary>
/// <param name="host">The link.</param>
/// <param name="state">The state.</param>
internal sealed class StateReader(IHostLink host, ReadOnlyMemory<byte> state) : IStateCarrier
{
    private int _at;

    /// <summary>The next number.</summary>
    /// <exception cref="BadDataException">The state ends before.</exception>
    public long Read() => MemoryMarshal.Read<long>(Take(sizeof(long)));

    /// <summary>The next number, which has bounds.</summary>
    /// <exception cref="BadDataException">The state ends before, or the number is outside.</exception>
    public long Read(string what, long least, long most) => Read() is var number && number >= least && number <= most
        ? number
        : throw new BadDataException($"The saved training state is malformed: {what} is {number}, it must be {least} to {most}.");

    /// <summary>The next number, which has one value where the state is of this run.</summary>
    /// <exception cref="BadDataException">The state ends before, or is of another run.</exception>
    public void Require(string what, long expected)
    {
        if (Read() is var number && number != expected)
        {
            throw new BadDataException($"The saved training state is of another run: its {what} is {number}, here it is {expected}.");
        }
    }

    /// <exception cref="BadDataException">Something follows.</exception>
    public void RequireEnd()
    {
        if (_at != state.Length)
        {
            throw new BadDataException($"The saved training state has {state.Length - _at} bytes more than this network's buffers.");
        }
    }

    public void Carry<T>(SramBuffer<T> buffer) where T : struct
    {
        if (buffer.IsPresent)
        {
            host.Write<T>(Elements<T>(buffer.Length), buffer);
        }
    }

    public void Carry<T>(DramBuffer<T> buffer) where T : struct
    {
        if (buffer != default)
        {
            host.Write<T>(Elements<T>(buffer.Length), buffer);
        }
    }

    private T[] Elements<T>(int count) where T : struct =>
        MemoryMarshal.Cast<byte, T>(Take((long)count * Unsafe.SizeOf<T>())).ToArray();

    private ReadOnlySpan<byte> Take(long bytes)
    {
        if (bytes > state.Length - _at)
        {
            throw new BadDataException($"The saved training state ends early: {bytes} bytes wanted, {state.Length - _at} left.");
        }
        _at += (int)bytes;
        return state.Span.Slice(_at - (int)bytes, (int)bytes);
    }
}
