using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Brings records that lie one after the other into lanes side by side, so that a pixel of all samples is one vector.
/// With one lane a record is in that order already, and this is not needed.
/// </summary>
/// <param name="Records">Samples, each its pixels and its label: [lanes][pixels + 1].</param>
/// <param name="Input">[pixels][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of them there are; the other lanes become 0.</param>
public readonly record struct InterleavePixels(
    SramBuffer<byte> Records, SramBuffer<byte> Input, int Lanes, int Active) : IKernel
{
    private const int Side = 8;
    private const int Strip = Side * Side;

    private static readonly WorkCounts _call = MachineCode.Of("interleave-pixels", "call");
    private static readonly WorkCounts _lane = MachineCode.Of("interleave-pixels", "lane");
    private static readonly WorkCounts _pixel = MachineCode.Of("interleave-pixels", "pixel");
    private static readonly WorkCounts _idleLane = MachineCode.Of("interleave-pixels", "idle");
    private static readonly WorkCounts _cleared = MachineCode.Of("interleave-pixels", "cleared");
    private static readonly WorkCounts _anyIdle = MachineCode.Of("interleave-pixels", "some idle");

    /// <inheritdoc/>
    public string Name => "interleave-pixels";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<byte> records = sram.Span(Records);
        Span<byte> input = sram.Span(Input);
        int pixels = input.Length / Lanes;
        Span<Vector512<ulong>> rows = stackalloc Vector512<ulong>[Side];
        int lane = 0;
        for (; lane + Side <= Active && pixels >= Strip; lane += Side)
        {
            // The last strip overlaps the one before it.
            for (int pixel = 0; pixel < pixels; pixel += Strip)
            {
                Transpose(records[(lane * (pixels + 1))..], rows, input, pixels, Math.Min(pixel, pixels - Strip), lane);
            }
        }
        for (; lane < Lanes; lane++)
        {
            bool active = lane < Active;
            int to = lane;
            foreach (byte pixel in records.Slice(lane * (pixels + 1), pixels))
            {
                input[to] = active ? pixel : (byte)0;
                to += Lanes;
            }
        }
        int idle = Lanes - Active;
        WorkCounts rest = idle == 0 ? WorkCounts.None : _anyIdle + ((_idleLane + (_cleared * pixels)) * idle);
        return _call + ((_lane + (_pixel * pixels)) * Active) + rest;
    }

    /// <summary>
    /// Transposes 64 pixels of 8 samples: eight blocks of 8 x 8 bytes side by side, each in one element of eight vectors,
    /// by exchanging ever smaller off-diagonal quarters (Warren, "Hacker's Delight", 7-3).
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private void Transpose(Span<byte> records, Span<Vector512<ulong>> rows, Span<byte> input, int pixels, int pixel, int lane)
    {
        for (int i = 0; i < Side; i++)
        {
            rows[i] = Vector512.Create<byte>(records.Slice((i * (pixels + 1)) + pixel, Strip)).AsUInt64();
        }
        for (int i = 0; i < 4; i++)
        {
            Exchange(ref rows[i], ref rows[i + 4], 32, 0x00000000FFFFFFFF);
        }
        foreach (int i in (ReadOnlySpan<int>)[0, 1, 4, 5])
        {
            Exchange(ref rows[i], ref rows[i + 2], 16, 0x0000FFFF0000FFFF);
        }
        for (int i = 0; i < Side; i += 2)
        {
            Exchange(ref rows[i], ref rows[i + 1], 8, 0x00FF00FF00FF00FF);
        }
        ReadOnlySpan<ulong> blocks = MemoryMarshal.Cast<Vector512<ulong>, ulong>(rows);
        Span<byte> target = input[((pixel * Lanes) + lane)..((((pixel + Strip - 1) * Lanes) + lane) + Side)];
        ref byte to = ref MemoryMarshal.GetReference(target);
        for (int block = 0; block < Side; block++)
        {
            for (int row = 0; row < Side; row++)
            {
                Unsafe.WriteUnaligned(ref to, blocks[(row * Side) + block]);
                to = ref Unsafe.Add(ref to, Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref Vector512<ulong> upper, ref Vector512<ulong> lower, int bits, ulong keep)
    {
        Vector512<ulong> difference = ((upper >>> bits) ^ lower) & Vector512.Create(keep);
        lower ^= difference;
        upper ^= difference << bits;
    }
}
