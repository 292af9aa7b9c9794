using System.Numerics;
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
            Merge(layer, ranks, random, ref work);
        }
        return work.Total(Layer.Velocity.IsPresent);
    }

    /// <summary>Draws distinct ranks below <paramref name="free"/>, in ascending order.</summary>
    private static void Draw(Span<uint> ranks, Xoshiro128 random, uint free, ref InsertWork work)
    {
        long words = 0;
        for (int drawn = 0; drawn < ranks.Length; drawn++)
        {
            // A rank among those not drawn yet: step over each smaller one drawn before.
            uint rank = random.Below(free - (uint)drawn, ref words);
            int place = Smaller(ranks[..drawn], rank);
            rank += (uint)place;
            ranks[place..drawn].CopyTo(ranks[(place + 1)..]);
            ranks[place] = rank;
            work.Shifts += drawn - place;
            work.Lowest += place == 0 ? 1 : 0;
        }
        work.Words += words;
        work.Placed += ranks.Length;
    }

    /// <summary>How many of some sorted ranks are stepped over to reach a rank among those not drawn.</summary>
    private static int Smaller(Span<uint> ranks, uint rank)
    {
        int smaller = 0;
        int i = 0;
        for (; i <= ranks.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            Vector512<uint> among = Vector512.Create<uint>(ranks[i..]) - (Vector512<uint>.Indices + Vector512.Create((uint)i));
            smaller += BitOperations.PopCount(Vector512.LessThanOrEqual(among, Vector512.Create(rank)).ExtractMostSignificantBits());
        }
        for (; i < ranks.Length; i++)
        {
            smaller += ranks[i] - (uint)i <= rank ? 1 : 0;
        }
        return smaller;
    }

    private static void Merge(SparseSpans layer, Span<uint> ranks, Xoshiro128 random, ref InsertWork work)
    {
        int old = layer.Count;
        int to = layer.Count + ranks.Length;
        layer.Count = to;
        uint signs = 0;
        int signsLeft = 0;
        for (int next = ranks.Length - 1; next >= 0; next--)
        {
            // Before entry i, position - i positions are free: the entry comes after the free position of that rank.
            int behind = FirstBehind(in layer, ranks[next], old);
            layer.Move(behind, to - (old - behind), old - behind);
            work.Count(old, behind);
            to -= old - behind;
            old = behind;
            if (signsLeft == 0)
            {
                signs = random.Next();
                signsLeft = 32;
                work.SignWords++;
            }
            layer.Place(--to, (int)ranks[next] + old, signs & 1);
            signs >>= 1;
            signsLeft--;
        }
    }

    /// <summary>The first of some entries that comes after the free position of a rank; those behind it do as well.</summary>
    private static int FirstBehind(scoped in SparseSpans layer, uint rank, int count)
    {
        while (count >= Vector512<int>.Count)
        {
            int behind = BitOperations.PopCount(layer.FreeBefore(count - Vector512<int>.Count, rank).ExtractMostSignificantBits());
            count -= behind;
            if (behind < Vector512<int>.Count)
            {
                return count;
            }
        }
        while (count > 0 && layer.Position(count - 1) - (count - 1) > rank)
        {
            count--;
        }
        return count;
    }
}
