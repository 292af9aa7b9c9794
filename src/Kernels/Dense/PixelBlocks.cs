using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal.Kernels;

/// <summary>
/// Transposes the pixels of sixteen, eight or four samples. Of eight or four, 32 at a time: blocks of 8 x 8 or 4 x 4 bytes side by side, a
/// row of each in one element of a vector, by exchanging ever smaller off-diagonal quarters (Warren, "Hacker's Delight", 7-3).
/// </summary>
internal static class PixelBlocks
{
    /// <summary>The pixels that are transposed in one go.</summary>
    public const int Strip = 32;

    private const int Wide = 16;

    private const ulong Words = 0x00000000FFFFFFFF;
    private const ulong HalfWords = 0x0000FFFF0000FFFF;
    private const ulong Bytes = 0x00FF00FF00FF00FF;

    /// <summary>Whether <see cref="Sixteen"/> can be called on this host.</summary>
    public static bool CanSixteen
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512Vbmi.IsSupported;
    }

    /// <summary>
    /// Sixteen samples; parameters as of <see cref="Eight"/>. Sixteen pixels at a time, which are four vectors: each begins as those pixels
    /// of four samples, and ends as four pixels of all.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    public static void Sixteen(ReadOnlySpan<byte> records, int pixels, Span<byte> input, int lanes)
    {
        nuint record = (nuint)pixels + 1;
        nuint step = (nuint)lanes;
        ref byte from = ref MemoryMarshal.GetReference(records[..(Wide * (pixels + 1))]);
        ref byte to = ref MemoryMarshal.GetReference(input[..(((pixels - 1) * lanes) + Wide)]);
        for (int pixel = 0; pixel < pixels; pixel += Wide)
        {
            nuint first = (nuint)Math.Min(pixel, pixels - Wide); // the last ones overlap those before
            ref byte row = ref Unsafe.Add(ref from, first);
            Vector512<uint> a = FourRows(ref row, record), b = FourRows(ref Unsafe.Add(ref row, 4 * record), record);
            Vector512<uint> c = FourRows(ref Unsafe.Add(ref row, 8 * record), record), d = FourRows(ref Unsafe.Add(ref row, 12 * record), record);
            Vector512<ulong> lowAb = Avx512F.UnpackLow(a, b).AsUInt64(), highAb = Avx512F.UnpackHigh(a, b).AsUInt64();
            Vector512<ulong> lowCd = Avx512F.UnpackLow(c, d).AsUInt64(), highCd = Avx512F.UnpackHigh(c, d).AsUInt64();
            ref byte at = ref Unsafe.Add(ref to, first * step);
            PutFour(Avx512F.UnpackLow(lowAb, lowCd), ref at, step);
            PutFour(Avx512F.UnpackHigh(lowAb, lowCd), ref Unsafe.Add(ref at, 4 * step), step);
            PutFour(Avx512F.UnpackLow(highAb, highCd), ref Unsafe.Add(ref at, 8 * step), step);
            PutFour(Avx512F.UnpackHigh(highAb, highCd), ref Unsafe.Add(ref at, 12 * step), step);
        }
    }

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

    /// <summary>
    /// Sixteen pixels of four samples, those of one pixel in one element. Pixels 0, 4, 8 and 12 are the first elements of each four, as
    /// what follows interleaves elements within fours.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> FourRows(ref byte first, nuint record)
    {
        Vector256<byte> lower = Vector128.LoadUnsafe(ref first).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(ref first, record));
        Vector256<byte> upper = Vector128.LoadUnsafe(ref first, 2 * record).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(ref first, 3 * record));
        return Avx512Vbmi.PermuteVar64x8(lower.ToVector512Unsafe().WithUpper(upper), PixelsOfFour).AsUInt32();
    }

    /// <summary>Of four rows of sixteen bytes: element 4i + j is column 4j + i.</summary>
    private static Vector512<byte> PixelsOfFour
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (byte)0, 16, 32, 48, 4, 20, 36, 52, 8, 24, 40, 56, 12, 28, 44, 60,
            1, 17, 33, 49, 5, 21, 37, 53, 9, 25, 41, 57, 13, 29, 45, 61,
            2, 18, 34, 50, 6, 22, 38, 54, 10, 26, 42, 58, 14, 30, 46, 62,
            3, 19, 35, 51, 7, 23, 39, 55, 11, 27, 43, 59, 15, 31, 47, 63);
    }

    /// <summary>Writes sixteen samples of four pixels; without other lanes between them they are one piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFour(Vector512<ulong> pixels, ref byte to, nuint step)
    {
        if (step == Wide)
        {
            pixels.AsByte().StoreUnsafe(ref to);
            return;
        }
        Vector256<byte> lower = pixels.GetLower().AsByte();
        Vector256<byte> upper = pixels.GetUpper().AsByte();
        lower.GetLower().StoreUnsafe(ref to);
        lower.GetUpper().StoreUnsafe(ref to, step);
        upper.GetLower().StoreUnsafe(ref to, 2 * step);
        upper.GetUpper().StoreUnsafe(ref to, 3 * step);
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
