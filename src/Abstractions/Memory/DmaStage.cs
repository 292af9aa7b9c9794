using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal;

/// <summary>
/// What one core's DMA engine has in flight: keeps the contract's rule of when a copy is taken and when it is seen.
/// Backends that simulate memory add their own notion of time to it.
/// </summary>
/// <param name="core">The core whose engine it is.</param>
/// <param name="sram">That core's SRAM.</param>
/// <param name="dram">The device's external memory.</param>
public sealed class DmaStage(int core, SramStorage sram, DramStorage dram)
{
    private readonly List<Flight> _flights = [];
    private readonly Stack<byte[]> _idle = new();
    private long _last;

    private enum Target
    {
        OwnSram,
        OtherSram,
        Dram,
    }

    /// <summary>Takes the source of a copy from external memory.</summary>
    public DmaTransfer Load<T>(DramRange<T> source, SramRange<T> destination) where T : struct =>
        Take(dram.Span(source), Target.OwnSram, Untyped(destination), default);

    /// <summary>Takes the source of a copy to external memory.</summary>
    public DmaTransfer Store<T>(SramRange<T> source, DramRange<T> destination) where T : struct =>
        Take(sram.View.Span(source), Target.Dram, default, Untyped(destination));

    /// <summary>Takes the source of a copy to another core.</summary>
    public DmaTransfer Send<T>(SramRange<T> source, SramRange<T> destination) where T : struct =>
        Take(sram.View.Span(source), Target.OtherSram, Untyped(destination), default);

    /// <summary>Makes a copy seen whose destination is this core's SRAM; others are seen at the barrier.</summary>
    public void Complete(DmaTransfer transfer)
    {
        int index = _flights.FindIndex(f => f.Sequence == transfer.Sequence);
        if (index >= 0 && _flights[index].Target == Target.OwnSram)
        {
            Land(index, sram);
        }
    }

    /// <summary>Makes the copies seen that others see from a barrier on, in the order in which they were started.</summary>
    /// <param name="memories">The SRAM of each core, by its id.</param>
    public void Deliver(IReadOnlyList<SramStorage> memories)
    {
        for (int i = 0; i < _flights.Count;)
        {
            Flight flight = _flights[i];
            if (flight.Target == Target.OwnSram)
            {
                i++;
            }
            else
            {
                Land(i, flight.Target == Target.Dram ? null : memories[flight.Sram.Core]);
            }
        }
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

    private DmaTransfer Take<T>(Span<T> source, Target target, SramBuffer<byte> toSram, DramRange<byte> toDram) where T : struct
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(source);
        byte[] staged = _idle.TryPop(out byte[]? idle) && idle.Length >= bytes.Length ? idle : new byte[bytes.Length];
        bytes.CopyTo(staged);
        _flights.Add(new Flight(++_last, target, staged, bytes.Length, toSram, toDram));
        return new DmaTransfer(core, _last);
    }

    private void Land(int index, SramStorage? destination)
    {
        Flight flight = _flights[index];
        Span<byte> to = destination is null ? dram.Span(flight.Dram) : destination.View.Span(flight.Sram);
        flight.Staged.AsSpan(0, flight.Length).CopyTo(to);
        _flights.RemoveAt(index);
        _idle.Push(flight.Staged);
    }

    private readonly record struct Flight(
        long Sequence, Target Target, byte[] Staged, int Length, SramBuffer<byte> Sram, DramRange<byte> Dram);
}
