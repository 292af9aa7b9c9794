using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Fills a layer up to its capacity with new connections at free positions, each set of free positions equally likely,
/// with theta 0 and random sign. Where fewer positions are free, it fills those.
/// </summary>
/// <remarks>
/// Works in batches as large as the scratch buffer: it draws distinct ranks among the free positions, keeps them
/// sorted, and merges them into the list from its end, where the taken positions passed so far turn a rank into a
/// position. Nothing is drawn in vain and no map of taken positions is needed.
/// </remarks>
/// <param name="Layer">The connections.</param>
/// <param name="Random">State of one random stream, <see cref="Xoshiro128.StateWords"/> words.</param>
/// <param name="Scratch">Room for the ranks of a batch, at least one.</param>
public readonly record struct InsertAtFree(
    SparseMatrix Layer, SramBuffer<uint> Random, SramBuffer<uint> Scratch) : IKernel
{
    // Host memory beside the layer: on the stack, unless batches or layers are very large.
    private const int OnStack = 2048;
    private const int Wide = 16;

    /// <inheritdoc/>
    public string Name => "insert-at-free";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        var random = new Xoshiro128(sram.Span(Random));
        Span<uint> scratch = sram.Span(Scratch);
        int positions = Layer.Inputs * Layer.Outputs;
        int target = Math.Min(Layer.Capacity, positions);
        InsertWork work = default;
        while (layer.Count < target)
        {
            int batch = Math.Min(scratch.Length, target - layer.Count);
            Span<uint> ranks = scratch[..batch];
            work.Batches++;
            Draw(ranks, random, (uint)(positions - layer.Count), ref work);
            Merge(in layer, ranks, random, ref work);
        }
        return work.Total(Layer.Velocity.IsPresent);
    }

    /// <summary>Draws distinct ranks below <paramref name="free"/>, in ascending order.</summary>
    private static void Draw(Span<uint> ranks, Xoshiro128 random, uint free, ref InsertWork work)
    {
        // Of the drawn ranks, how many that are not drawn lie before each: what a rank among those not drawn is compared with.
        uint[]? rented = null;
        int room = ((ranks.Length + Wide - 1) / Wide * Wide) + 1;
        Span<uint> among = room <= OnStack ? stackalloc uint[OnStack] : (rented = ArrayPool<uint>.Shared.Rent(room));
        among[..room].Fill(uint.MaxValue);
        among[0] = 0;
        long words = 0;
        for (int drawn = 0; drawn < ranks.Length; drawn++)
        {
            int place = Insert(among[..((drawn / Wide * Wide) + Wide + 1)], random.Below(free - (uint)drawn, ref words));
            work.Shifts += drawn - place;
            work.Lowest += place == 0 ? 1 : 0;
        }
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = among[i + 1] + (uint)i;
        }
        if (rented is not null)
        {
            ArrayPool<uint>.Shared.Return(rented);
        }
        work.Words += words;
        work.Placed += ranks.Length;
    }

    /// <summary>Puts a number behind those that are not greater; those behind it move on by one place and get less by one.</summary>
    /// <param name="numbers">A 0, then ascending numbers, as many as fill vectors; the last one is lost.</param>
    /// <param name="number">What is put in.</param>
    /// <returns>How many are before it.</returns>
    [MethodImpl(HotLoop.Options)]
    private static int Insert(Span<uint> numbers, uint number)
    {
        Vector512<uint> inserted = Vector512.Create(number);
        int before = 0;
        for (int i = numbers.Length - Wide; i > 0; i -= Wide)
        {
            Vector512<uint> here = Vector512.Create<uint>(numbers.Slice(i, Wide));
            Vector512<uint> previous = Vector512.Create<uint>(numbers.Slice(i - 1, Wide));
            Vector512<uint> stay = Vector512.LessThanOrEqual(here, inserted);
            Vector512<uint> moved = Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(previous, inserted), inserted, previous - Vector512<uint>.One);
            Vector512.ConditionalSelect(stay, here, moved).CopyTo(numbers.Slice(i, Wide));
            before += BitOperations.PopCount(stay.ExtractMostSignificantBits());
        }
        return before;
    }

    private static void Merge(in SparseSpans layer, ReadOnlySpan<uint> ranks, Xoshiro128 random, ref InsertWork work)
    {
        int old = layer.Rows[..layer.Count].Length; // throws where that number is corrupted
        int all = old + ranks.Length;
        layer.Count = all;
        int words = SparseMatrix.SignWords(all);
        int blocks = FreePlaces.Blocks(old);
        int[]? rented = null;
        Span<int> room = words + blocks <= OnStack ? stackalloc int[OnStack] : (rented = ArrayPool<int>.Shared.Rent(words + blocks));
        Span<uint> fresh = MemoryMarshal.Cast<int, uint>(room[..words]);
        fresh.Clear();
        FreePlaces.Mark(in layer, old, ranks, room.Slice(words, blocks), fresh);
        work.Count(fresh, old);
        OpenGaps(in layer, old, all, fresh);
        work.SignWords += Fill(in layer, ranks, fresh, random);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Moves entries back, from the last one on, so that there is room where bits are set.</summary>
    private static void OpenGaps(in SparseSpans layer, int old, int all, ReadOnlySpan<uint> gaps)
    {
        while (all > old)
        {
            int word = (all - 1) / Bits.WordBits;
            int first = word * Bits.WordBits;
            old = layer.Open(first, all - first, gaps[word], old);
            all = first;
        }
    }

    /// <summary>Writes the new entries, from the last one on.</summary>
    /// <returns>The words drawn for signs.</returns>
    [MethodImpl(HotLoop.Options)]
    private static int Fill(in SparseSpans layer, ReadOnlySpan<uint> ranks, ReadOnlySpan<uint> fresh, Xoshiro128 random)
    {
        uint drawn = 0;
        int words = 0;
        int next = ranks.Length;
        for (int word = fresh.Length - 1; word >= 0; word--)
        {
            uint signs = layer.Signs[word] & ~fresh[word];
            for (uint bits = fresh[word]; bits != 0;)
            {
                int bit = BitOperations.Log2(bits);
                bits ^= 1u << bit;
                int number = ranks.Length - next;
                if (number % Bits.WordBits == 0)
                {
                    drawn = random.Next();
                    words++;
                }
                signs |= (drawn >> number & 1) << bit;
                int to = (word * Bits.WordBits) + bit;
                next--;
                layer.Place(to, (int)ranks[next] + to - next); // the free positions before it, and those taken
            }
            layer.Signs[word] = signs;
        }
        return words;
    }
}
