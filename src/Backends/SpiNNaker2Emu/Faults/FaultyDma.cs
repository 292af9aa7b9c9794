using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// Starts transfers, some of which go wrong. A lost or dropped one is never given to the stage that moves the bytes, so the
/// destination keeps what it held; its time and energy are counted as if it had gone.
/// </summary>
internal sealed class FaultyDma(EmuCore core, FaultInjector injector, CoreFaults faults, SramStorage sram)
{
    // Far beyond what the stage will ever number.
    private const long FirstOfOwn = 1L << 62;

    private readonly Dictionary<long, Wrong> _wrong = [];
    private long _own;

    public DmaTransfer Load<T>(DmaStage stage, DramRange<T> source, SramRange<T> destination) where T : struct
    {
        TransferEffect? effect = faults.Transfers.Next(EmuTransferKind.Load);
        var wrong = new Wrong(effect, "load", Untyped(destination));
        return effect switch
        {
            null => stage.Load(source, destination),
            TransferEffect.Corrupt => Remember(stage.Load(source, destination), wrong with { Place = Corrupt(wrong.Buffer.Length) }),
            _ => Withhold(wrong),
        };
    }

    public DmaTransfer Store<T>(DmaStage stage, SramRange<T> source, DramRange<T> destination) where T : struct
    {
        TransferEffect? effect = faults.Transfers.Next(EmuTransferKind.Store);
        var wrong = new Wrong(effect, "store", Untyped(source));
        switch (effect)
        {
            case null:
                return stage.Store(source, destination);
            case TransferEffect.Corrupt:
                (int at, int bit) = Corrupt(wrong.Buffer.Length);
                Flip(source, at, bit);
                DmaTransfer transfer = stage.Store(source, destination);
                Flip(source, at, bit);
                NoticeAtBarrier(wrong);
                return transfer;
            default:
                return Withhold(wrong);
        }
    }

    public DmaTransfer Send<T>(DmaStage stage, SramRange<T> source, SramRange<T> destination) where T : struct
    {
        TransferEffect? effect = faults.Transfers.Next(EmuTransferKind.Send);
        var wrong = new Wrong(effect, $"send to core {destination.Buffer.Core}", Untyped(source));
        switch (effect)
        {
            case null:
                return stage.Send(source, destination);
            case TransferEffect.Corrupt:
                (int at, int bit) = Corrupt(wrong.Buffer.Length);
                Flip(source, at, bit);
                DmaTransfer transfer = stage.Send(source, destination);
                Flip(source, at, bit);
                NoticeAtBarrier(wrong);
                return transfer;
            default:
                return Withhold(wrong);
        }
    }

    /// <summary>A transfer is waited for and would be done by now.</summary>
    /// <exception cref="DeviceFaultException">It is lost, or it is corrupted and has parity.</exception>
    public void Complete(DmaTransfer transfer)
    {
        if (!_wrong.Remove(transfer.Sequence, out Wrong? wrong))
        {
            return;
        }
        if (wrong.Effect == TransferEffect.Lose)
        {
            core.Control("DMA time-out", new Cycles(injector.TimeoutCycles));
            faults.Tally.Detect(FaultKind.LostTransfer);
            throw new DeviceFaultException(Describe(
                wrong, $"did not end within {new Cycles(injector.TimeoutCycles)}. Go on from a checkpoint, or run without this fault."));
        }
        (int at, int bit) = wrong.Place;
        sram.View.Span(wrong.Buffer)[at] ^= (byte)(1 << bit);
        if (injector.Parity)
        {
            faults.Tally.Detect(FaultKind.CorruptedTransfer);
            throw WrongParity(wrong);
        }
    }

    private static void Flip(Span<byte> bytes, int at, int bit) => bytes[at] ^= (byte)(1 << bit);

    private void Flip<T>(SramRange<T> range, int at, int bit) where T : struct =>
        Flip(MemoryMarshal.AsBytes(sram.View.Span(range)), at, bit);

    private static SramBuffer<byte> Untyped<T>(SramRange<T> range) where T : struct
    {
        SramBuffer<T> buffer = range.Buffer;
        int size = Unsafe.SizeOf<T>();
        return new(buffer.Core, buffer.Region, buffer.Generation, buffer.Offset + (range.Start * size), range.Length * size);
    }

    private (int Byte, int Bit) Corrupt(int bytes)
    {
        faults.Tally.Inject(FaultKind.CorruptedTransfer);
        return faults.Transfers.Place(bytes);
    }

    private DmaTransfer Withhold(Wrong wrong)
    {
        faults.Tally.Inject(wrong.Effect == TransferEffect.Lose ? FaultKind.LostTransfer : FaultKind.DroppedTransfer);
        var transfer = new DmaTransfer(core.Id, FirstOfOwn + _own++);
        return wrong.Effect == TransferEffect.Lose ? Remember(transfer, wrong) : transfer;
    }

    private DmaTransfer Remember(DmaTransfer transfer, Wrong wrong)
    {
        _wrong.Add(transfer.Sequence, wrong);
        return transfer;
    }

    private void NoticeAtBarrier(Wrong wrong)
    {
        if (injector.Parity)
        {
            faults.Tally.Detect(FaultKind.CorruptedTransfer);
            faults.Noticed ??= WrongParity(wrong);
        }
    }

    private DeviceFaultException WrongParity(Wrong wrong) =>
        new(Describe(wrong, "arrived with wrong parity. Go on from a checkpoint, or run without this fault."));

    private string Describe(Wrong wrong, string what)
    {
        string name = faults.Sram.At(wrong.Buffer.Offset)?.Name ?? "?";
        return faults.Where($"the {wrong.Kind} of {new Bytes(wrong.Buffer.Length)} at 0x{wrong.Buffer.Offset:X} in '{name}' {what}");
    }

    /// <summary>A transfer that goes wrong.</summary>
    /// <param name="Effect">How.</param>
    /// <param name="Kind">Which way it goes, in words.</param>
    /// <param name="Buffer">Its bytes in this core's SRAM.</param>
    private sealed record Wrong(TransferEffect? Effect, string Kind, SramBuffer<byte> Buffer)
    {
        /// <summary>The bit that is flipped.</summary>
        public (int Byte, int Bit) Place { get; init; }
    }
}
