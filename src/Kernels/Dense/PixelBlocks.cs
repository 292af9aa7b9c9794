using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Transposes the pixels of eight or four samples, 32 at a time: blocks of 8 x 8 or 4 x 4 bytes side by side, a row of each in one element of a
/// vector, by exchanging ever smaller off-diagonal quarters (Warren, "Hacker's Delight", 7-3).
/// </summary>
internal static class PixelBlocks
{
    /// <summary>The pixels that are transposed in one go.</summary>
    public const int Strip = 32;

    private const ulong Words = 0x00000000FFFFFFFF;
    private const ulong HalfWords = 0x0000FFFF0000FFFF;
    private const ulong Bytes = 0x00FF00FF00FF00FF;

    /// <summary>Eight samples.</summary>
    /// <param name="records">Samples, each its pixels and its label.</param>
    /// <param name="pixels">The pixels of each, at least <see cref="Strip"/>.</param>
    /// <param name="input">Where the first pixel of the first one goes, and all that follows.</param>
    /// <param name="lanes">Bytes from a pixel to the next.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Eight(ReadOnlySpan<byte> records, int pixels, Span<byte> input, int lanes)
    {
        Span<Vector256<ulong>> rows = stackalloc Vector256<ulong>[8];
        for (int pixel = 0; pixel < pixels; pixel += Strip)
        {
            int first = Math.Min(pixel, pixels - Strip); // the last strip overlaps the one before it
            Vector256<ulong> a = Row(records, 0, pixels, first), b = Row(records, 1, pixels, first);
            Vector256<ulong> c = Row(records, 2, pixels, first), d = Row(records, 3, pixels, first);
            Vector256<ulong> e = Row(records, 4, pixels, first), f = Row(records, 5, pixels, first);
            Vector256<ulong> g = Row(records, 6, pixels, first), h = Row(records, 7, pixels, first);
            Exchange(ref a, ref e, 32, Words);
            Exchange(ref b, ref f, 32, Words);
            Exchange(ref c, ref g, 32, Words);
            Exchange(ref d, ref h, 32, Words);
            Transpose(ref a, ref b, ref c, ref d);
            Transpose(ref e, ref f, ref g, ref h);
            (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7]) = (a, b, c, d, e, f, g, h);
            Put(MemoryMarshal.Cast<Vector256<ulong>, ulong>(rows), input, first, lanes);
        }
    }

    /// <summary>Four samples; parameters as of <see cref="Eight"/>.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Four(ReadOnlySpan<byte> records, int pixels, Span<byte> input, int lanes)
    {
        Span<Vector256<ulong>> rows = stackalloc Vector256<ulong>[4];
        for (int pixel = 0; pixel < pixels; pixel += Strip)
        {
            int first = Math.Min(pixel, pixels - Strip);
            Vector256<ulong> a = Row(records, 0, pixels, first), b = Row(records, 1, pixels, first);
            Vector256<ulong> c = Row(records, 2, pixels, first), d = Row(records, 3, pixels, first);
            Transpose(ref a, ref b, ref c, ref d);
            (rows[0], rows[1], rows[2], rows[3]) = (a, b, c, d);
            Put(MemoryMarshal.Cast<Vector256<ulong>, uint>(rows), input, first, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Row(ReadOnlySpan<byte> records, int sample, int pixels, int first) =>
        Vector256.Create(records.Slice((sample * (pixels + 1)) + first, Strip)).AsUInt64();

    /// <summary>Transposes blocks of 4 x 4 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        Exchange(ref a, ref c, 16, HalfWords);
        Exchange(ref b, ref d, 16, HalfWords);
        Exchange(ref a, ref b, 8, Bytes);
        Exchange(ref c, ref d, 8, Bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref Vector256<ulong> upper, ref Vector256<ulong> lower, int bits, ulong keep)
    {
        Vector256<ulong> difference = ((upper >>> bits) ^ lower) & Vector256.Create(keep);
        lower ^= difference;
        upper ^= difference << bits;
    }

    /// <summary>
    /// Writes what the samples have of each pixel: row by row, of which each element is of another block. The rows lie in memory, as
    /// getting elements out of a register takes twice the instructions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ReadOnlySpan<T> rows, Span<byte> input, int first, int lanes)
        where T : struct
    {
        int samples = Unsafe.SizeOf<T>();
        nint step = samples * lanes;
        ref byte to = ref MemoryMarshal.GetReference(input.Slice(first * lanes, ((Strip - 1) * lanes) + samples));
        ref T from = ref MemoryMarshal.GetReference(rows);
        for (int row = 0; row < samples; row++)
        {
            ref byte at = ref to;
            for (int left = Strip / samples; left > 0; left -= 4)
            {
                Unsafe.WriteUnaligned(ref at, from);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, step), Unsafe.Add(ref from, 1));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 2 * step), Unsafe.Add(ref from, 2));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 3 * step), Unsafe.Add(ref from, 3));
                from = ref Unsafe.Add(ref from, 4);
                at = ref Unsafe.Add(ref at, 4 * step);
            }
            to = ref Unsafe.Add(ref to, lanes);
        }
    }
}
