namespace NeuroHal.Kernels;

/// <summary>Arrays of bits, 32 to a word, lowest first.</summary>
internal static class Bits
{
    private const int WordBits = 32;

    /// <summary>Copies neighbouring bits to another place in the same array; the places may overlap.</summary>
    public static void Move(Span<uint> words, int from, int to, int length)
    {
        if (to < from)
        {
            for (int done = 0; done < length;)
            {
                int step = Math.Min(length - done, WordBits - ((to + done) % WordBits));
                Write(words, to + done, step, Read(words, from + done, step));
                done += step;
            }
        }
        else
        {
            for (int left = length; left > 0;)
            {
                int step = Math.Min(left, ((to + left - 1) % WordBits) + 1);
                left -= step;
                Write(words, to + left, step, Read(words, from + left, step));
            }
        }
    }

    /// <summary>Up to 32 bits from anywhere.</summary>
    private static uint Read(Span<uint> words, int at, int count)
    {
        int word = at / WordBits;
        ulong pair = words[word];
        if ((at % WordBits) + count > WordBits)
        {
            pair |= (ulong)words[word + 1] << WordBits;
        }
        return (uint)(pair >> (at % WordBits));
    }

    /// <summary>Some bits of one word.</summary>
    private static void Write(Span<uint> words, int at, int count, uint bits)
    {
        uint mask = (uint)((1UL << count) - 1) << (at % WordBits);
        ref uint word = ref words[at / WordBits];
        word = (word & ~mask) | ((bits << (at % WordBits)) & mask);
    }
}
