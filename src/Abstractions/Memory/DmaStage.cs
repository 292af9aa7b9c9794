using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal;

/// <summary>
/// What one core's DMA engine has in flight: keeps the contract's rule of when a copy is taken and when it is seen.
/// Backends that simulate memory add their own notion of time to it.
/// </summary>
public sealed class DmaStage
{
    private const int LoadsAhead = 2;

    private readonly int _core;
    private readonly SramStorage _sram;
    private readonly DramStorage _dram;
    private readonly Stack<byte[]> _idle = new();

    // What is sent and stored lies here, one after the other, until the barrier.
    private byte[] _outgoing = [];
    private int _used;
    private (int Offset, int Length, int Staged) _latest;

    // Flight n is at n modulo the length, a power of two; those below _oldest have landed.
    private Flight[] _flights = new Flight[16];
    private long _oldest = 1;
    private long _next = 1;
    private long _ahead = 1; // those below are fetched
    private int _unread; // loads whose bytes are still where they come from

    /// <summary>Nothing in flight.</summary>
    /// <param name="core">The core whose engine it is.</param>
    /// <param name="sram">That core's SRAM.</param>
    /// <param name="dram">The device's external memory.</param>
    public DmaStage(int core, SramStorage sram, DramStorage dram)
    {
        (_core, _sram, _dram) = (core, sram, dram);
        dram.Changing += TakeLoads;
    }

    private enum Target
    {
        Landed,
        OwnSram,
        OtherSram,
        Dram,
    }

    /// <summary>
    /// Takes the source of a copy from external memory. The bytes stay where they are until the copy is seen or external
    /// memory changes, whichever comes first; <see cref="FetchAhead"/> has the host fetch them meanwhile.
    /// </summary>
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct
    {
        DramRange<byte> from = Untyped(source);
        _unread++;
        _dram.BeginRead();
        return Add(new Flight(Target.OwnSram, null, 0, from.Length, Untyped(destination), from));
    }

    /// <summary>
    /// Has the host bring the next loads' bytes closer, a few at a time: call it where the core has something else to do, such as
    /// before each kernel. All at once they would wait for each other, and the core for them.
    /// </summary>
    public void FetchAhead()
    {
        _ahead = Math.Max(_ahead, _oldest);
        for (int left = LoadsAhead; left > 0 && _ahead < _next; _ahead++)
        {
            ref Flight flight = ref At(_ahead);
            if (flight is { Target: Target.OwnSram, Staged: null })
            {
                _dram.Prefetch(flight.Dram);
                left--;
            }
        }
    }

    /// <summary>Takes the source of a copy to external memory.</summary>
    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct =>
        Take(source, Target.Dram, default, Untyped(destination));

    /// <summary>Takes the source of a copy to another core.</summary>
    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct =>
        Take(source, Target.OtherSram, Untyped(destination), default);

    /// <summary>Makes a copy seen whose destination is this core's SRAM; others are seen at the barrier.</summary>
    public void Complete(DmaTransfer transfer)
    {
        if (transfer.Sequence >= _oldest && transfer.Sequence < _next && At(transfer.Sequence).Target == Target.OwnSram)
        {
            Land(ref At(transfer.Sequence));
        }
    }

    /// <summary>Makes the copies seen that others see from a barrier on, in the order in which they were started.</summary>
    /// <param name="memories">The SRAM of each core, by its id.</param>
    public void Deliver(IReadOnlyList<SramStorage> memories)
    {
        DeliverPart(memories, 0, 1);
        DeliverStores();
        ForgetOutgoing();
    }

    /// <summary>
    /// Writes what goes to some of the other cores: those whose id leaves the rest <paramref name="part"/> when divided by
    /// <paramref name="parts"/>. Different parts may be written on different threads at once, of all engines each in the same order,
    /// so that what goes to one core is written by one thread. <see cref="DeliverStores"/> and <see cref="ForgetOutgoing"/> end it.
    /// </summary>
    /// <param name="memories">The SRAM of each core, by its id.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many there are.</param>
    public void DeliverPart(IReadOnlyList<SramStorage> memories, int part, int parts)
    {
        for (long sequence = _oldest; sequence < _next; sequence++)
        {
            ref Flight flight = ref At(sequence);
            if (flight.Target == Target.OtherSram && flight.Sram.Core % parts == part)
            {
                Outgoing(flight).CopyTo(memories[flight.Sram.Core].View.Span<byte>(flight.Sram));
            }
        }
    }

    /// <summary>Makes copies to external memory seen, in the order in which they were started: on one thread, engine by engine.</summary>
    public void DeliverStores()
    {
        for (long sequence = _oldest; sequence < _next; sequence++)
        {
            ref Flight flight = ref At(sequence);
            if (flight.Target == Target.Dram)
            {
                Outgoing(flight).CopyTo(_dram.Write(flight.Dram));
            }
        }
    }

    /// <summary>Forgets what was delivered, once all parts of all engines are: before anything else is started.</summary>
    public void ForgetOutgoing()
    {
        for (long sequence = _oldest; sequence < _next; sequence++)
        {
            ref Flight flight = ref At(sequence);
            if (flight.Target is Target.OtherSram or Target.Dram)
            {
                Retire(ref flight);
            }
        }
        (_used, _latest) = (0, default);
    }

    private static SramBuffer<byte> Untyped<T>(SramRange<T> range) where T : struct
    {
        SramBuffer<T> buffer = range.Buffer;
        int offset = buffer.Offset + (range.Start * Unsafe.SizeOf<T>());
        return new(buffer.Core, buffer.Region, buffer.Generation, offset, range.Length * Unsafe.SizeOf<T>());
    }

    private static DramRange<byte> Untyped<T>(DramRange<T> range) where T : struct
    {
        int size = Unsafe.SizeOf<T>();
        return new(new DramBuffer<byte>(range.Buffer.Id, range.Buffer.Length * size), range.Start * size, range.Length * size);
    }

    private ref Flight At(long sequence) => ref _flights[sequence & (_flights.Length - 1)];

    private DmaTransfer Take<T>(SramRange<T> source, Target target, SramBuffer<byte> toSram, DramRange<byte> toDram) where T : struct
    {
        SramBuffer<byte> from = Untyped(source);
        return Add(new Flight(target, null, Stage(from.Offset, MemoryMarshal.AsBytes(_sram.View.Span(source))), from.Length, toSram, toDram));
    }

    private ReadOnlySpan<byte> Outgoing(in Flight flight) => _outgoing.AsSpan(flight.Offset, flight.Length);

    /// <summary>Keeps bytes until the barrier; those that go to several, one after the other, once.</summary>
    /// <returns>Where they are.</returns>
    private int Stage(int offset, ReadOnlySpan<byte> bytes)
    {
        if (_latest.Offset == offset && _latest.Length == bytes.Length && bytes.SequenceEqual(_outgoing.AsSpan(_latest.Staged, bytes.Length)))
        {
            return _latest.Staged;
        }
        if (_outgoing.Length - _used < bytes.Length)
        {
            Array.Resize(ref _outgoing, _used + bytes.Length + (_outgoing.Length / 8));
        }
        bytes.CopyTo(_outgoing.AsSpan(_used));
        _latest = (offset, bytes.Length, _used);
        _used += bytes.Length;
        return _latest.Staged;
    }

    private DmaTransfer Add(Flight flight)
    {
        if (_next - _oldest == _flights.Length)
        {
            Flight[] wider = new Flight[_flights.Length * 2];
            for (long sequence = _oldest; sequence < _next; sequence++)
            {
                wider[sequence & (wider.Length - 1)] = At(sequence);
            }
            _flights = wider;
        }
        At(_next) = flight;
        return new DmaTransfer(_core, _next++);
    }

    /// <summary>Takes what loads have left where it was.</summary>
    private void TakeLoads()
    {
        for (long sequence = _oldest; sequence < _next && _unread > 0; sequence++)
        {
            ref Flight flight = ref At(sequence);
            if (flight is { Target: Target.OwnSram, Staged: null })
            {
                flight = flight with { Staged = TakeAway(_dram.Read(flight.Dram)) };
                _unread--;
            }
        }
    }

    private byte[] TakeAway(ReadOnlySpan<byte> bytes)
    {
        byte[] staged = _idle.TryPop(out byte[]? idle) && idle.Length >= bytes.Length ? idle : new byte[bytes.Length];
        bytes.CopyTo(staged);
        return staged;
    }

    private void Land(ref Flight flight)
    {
        ReadOnlySpan<byte> bytes = flight.Staged is null ? _dram.Read(flight.Dram) : flight.Staged.AsSpan(0, flight.Length);
        bytes.CopyTo(_sram.View.Span(flight.Sram));
        if (flight.Staged is null)
        {
            _unread--;
        }
        Retire(ref flight);
    }

    private void Retire(ref Flight flight)
    {
        if (flight.Staged is not null)
        {
            _idle.Push(flight.Staged);
        }
        flight = default;
        while (_oldest < _next && At(_oldest).Target == Target.Landed)
        {
            _oldest++;
        }
    }

    /// <summary>A copy that is not seen yet.</summary>
    /// <param name="Target">What it goes to.</param>
    /// <param name="Staged">Of a load, its bytes; null while they are still where they come from.</param>
    /// <param name="Offset">Of a send or a store, where its bytes are among the outgoing ones.</param>
    /// <param name="Length">How many bytes.</param>
    /// <param name="Sram">Where it goes, if to SRAM.</param>
    /// <param name="Dram">Where it goes, if to external memory, or comes from.</param>
    private readonly record struct Flight(
        Target Target, byte[]? Staged, int Offset, int Length, SramBuffer<byte> Sram, DramRange<byte> Dram);
}
