using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Where new entries come in a sorted layer. The entry at the free position of a rank comes behind the entries that have no more free
/// positions before them than the rank says. That number never falls from one entry to the next, so what is compared with a rank is,
/// first, the last entry of each block of sixteen, sixteen blocks at a time, and then the block's entries.
/// </summary>
internal static class FreePlaces
{
    private const int Wide = 16;

    /// <summary>The room that <see cref="Mark"/> needs for so many entries.</summary>
    public static int Blocks(int entries) => ((entries / Wide) + Wide) / Wide * Wide; // one more than there are, at least

    /// <summary>Sets a bit where the new entry of each rank will be, once those behind it have made room.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="old">Its entries so far.</param>
    /// <param name="ranks">Ascending, each below the number of free positions.</param>
    /// <param name="lasts">Room for <see cref="Blocks"/> numbers.</param>
    /// <param name="fresh">The bits, all clear before.</param>
    public static void Mark(in SparseSpans layer, int old, ReadOnlySpan<uint> ranks, Span<int> lasts, Span<uint> fresh)
    {
        for (int block = 0; block < old / Wide; block++)
        {
            int last = (block * Wide) + Wide - 1;
            lasts[block] = layer.Position(last) - last;
        }
        lasts[(old / Wide)..].Fill(int.MaxValue);
        Find(in layer, old, ranks, lasts, fresh);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Find(in SparseSpans layer, int old, ReadOnlySpan<uint> ranks, ReadOnlySpan<int> lasts, Span<uint> fresh)
    {
        int window = 0;
        int before = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            Vector512<int> rank = Vector512.Create((int)ranks[i]);
            int passed = CountUpTo(Vector512.Create(lasts.Slice(window, Wide)), rank);
            while (passed == Wide)
            {
                window += Wide;
                passed = CountUpTo(Vector512.Create(lasts.Slice(window, Wide)), rank);
            }
            int place = (window + passed) * Wide;
            if (place + Wide <= old)
            {
                place += CountUpTo(layer.FreeBefore(place), rank);
            }
            else
            {
                while (place < old && layer.Position(place) - place <= (int)ranks[i])
                {
                    place++;
                }
            }
            int further = place - before;
            before += further & ~(further >> 31); // it is not negative, unless the memory is corrupted
            int to = before + i;
            fresh[to >> 5] |= 1u << to;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountUpTo(Vector512<int> numbers, Vector512<int> most) =>
        BitOperations.PopCount(Vector512.LessThanOrEqual(numbers, most).ExtractMostSignificantBits());
}
