using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal.Kernels;

/// <summary>Arrays of bits, 32 to a word, lowest first.</summary>
internal static class Bits
{
    /// <summary>Bits in a word.</summary>
    public const int WordBits = 32;

    /// <summary>Up to 32 bits from anywhere.</summary>
    public static uint Read(ReadOnlySpan<uint> words, int at, int count)
    {
        int word = at / WordBits;
        ulong pair = words[word];
        if ((at % WordBits) + count > WordBits)
        {
            pair |= (ulong)words[word + 1] << WordBits;
        }
        return (uint)(pair >> (at % WordBits)) & Lowest(count);
    }

    /// <summary>Up to 32 bits to anywhere.</summary>
    public static void Write(Span<uint> words, int at, int count, uint bits)
    {
        int word = at / WordBits;
        int shift = at % WordBits;
        ulong mask = (ulong)Lowest(count) << shift;
        ulong moved = (ulong)bits << shift;
        words[word] = (words[word] & ~(uint)mask) | ((uint)moved & (uint)mask);
        if (shift + count > WordBits)
        {
            words[word + 1] = (words[word + 1] & ~(uint)(mask >> WordBits)) | ((uint)(moved >> WordBits) & (uint)(mask >> WordBits));
        }
    }

    /// <summary>The bits at the chosen places, side by side from the lowest on.</summary>
    public static uint Gather(uint bits, uint chosen)
    {
        if (Bmi2.IsSupported)
        {
            return Bmi2.ParallelBitExtract(bits, chosen);
        }
        uint gathered = 0;
        for (int to = 0; chosen != 0; chosen &= chosen - 1, to++)
        {
            gathered |= (bits >> BitOperations.TrailingZeroCount(chosen) & 1) << to;
        }
        return gathered;
    }

    /// <summary>The lowest bits, one after the other, at the chosen places; 0 at the others.</summary>
    public static uint Scatter(uint bits, uint chosen)
    {
        if (Bmi2.IsSupported)
        {
            return Bmi2.ParallelBitDeposit(bits, chosen);
        }
        uint scattered = 0;
        for (; chosen != 0; chosen &= chosen - 1, bits >>= 1)
        {
            scattered |= (bits & 1) << BitOperations.TrailingZeroCount(chosen);
        }
        return scattered;
    }

    /// <summary>A word with so many of its lowest bits set, 0 to 32.</summary>
    public static uint Lowest(int count) => (uint)((1UL << count) - 1);
}
