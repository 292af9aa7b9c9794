using System.Numerics;

namespace NeuroHal.Kernels;

/// <summary>What <see cref="InsertAtFree"/> did, to be counted and then accounted for.</summary>
internal struct InsertWork
{
    private static readonly Pieces _plain = new("insert-at-free plain");
    private static readonly Pieces _velocity = new("insert-at-free velocity");

    // A word that fell among the few that would make small numbers likelier: read, multiplied, compared again.
    private static readonly WorkCounts _redraw = new() { RandomWord = 1, IntegerAlu = 2, BranchTaken = 1 };

    /// <summary>Batches of ranks.</summary>
    public long Batches { get; set; }

    /// <summary>New connections.</summary>
    public long Placed { get; set; }

    /// <summary>Words drawn for ranks, <see cref="Placed"/> at least.</summary>
    public long Words { get; set; }

    /// <summary>Ranks lower than all drawn before in their batch.</summary>
    public long Lowest { get; set; }

    /// <summary>Ranks shifted to make room for one.</summary>
    public long Shifts { get; set; }

    /// <summary>New connections for which others were moved.</summary>
    public long Runs { get; set; }

    /// <summary>Those for which all that were left were moved.</summary>
    public long RunsToStart { get; set; }

    /// <summary>New connections when none was left to be moved.</summary>
    public long BehindAll { get; set; }

    /// <summary>Connections moved.</summary>
    public long Moved { get; set; }

    /// <summary>Words drawn for signs.</summary>
    public long SignWords { get; set; }

    /// <summary>Counts a batch of new connections, by where they come among the old ones.</summary>
    /// <param name="fresh">A bit for each connection, set for the new ones.</param>
    /// <param name="old">How many old ones there are.</param>
    public void Count(ReadOnlySpan<uint> fresh, int old)
    {
        int placed = 0;
        int runs = 0;
        uint next = 0; // the bit behind a word's last one
        for (int word = fresh.Length - 1; word >= 0; word--)
        {
            uint bits = fresh[word];
            placed += BitOperations.PopCount(bits);
            runs += BitOperations.PopCount(bits & ~((bits >> 1) | next));
            next = bits << 31;
        }
        int first = fresh.IndexOfAnyExcept(0u);
        int start = (first * Bits.WordBits) + BitOperations.TrailingZeroCount(fresh[first]); // old ones before the first new one
        int atStart = 0;
        while (atStart < placed && Bits.Read(fresh, atStart, 1) != 0)
        {
            atStart++;
        }
        Moved += old - start;
        Runs += runs - (int)Bits.Read(fresh, old + placed - 1, 1); // behind the last one nothing was moved
        RunsToStart += atStart > 0 && old > 0 ? 1 : 0;
        BehindAll += old == 0 ? placed : Math.Max(0, atStart - 1);
    }

    /// <summary>The account.</summary>
    public readonly WorkCounts Total(bool velocity)
    {
        Pieces p = velocity ? _velocity : _plain;
        return p.Call + (p.Batch * Batches) + (p.Placed * Placed) + (_redraw * (Words - Placed)) + (p.Lowest * Lowest)
            + (p.Shift * Shifts) + (p.Run * Runs) + (p.RunToStart * RunsToStart) + (p.BehindAll * BehindAll)
            + (p.Moved * Moved) + (p.SignWord * SignWords);
    }

    private sealed class Pieces(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Batch = MachineCode.Of(function, "batch");
        public readonly WorkCounts Placed = MachineCode.Of(function, "placed");
        public readonly WorkCounts Lowest = MachineCode.Of(function, "first");
        public readonly WorkCounts Shift = MachineCode.Of(function, "shift");
        public readonly WorkCounts Run = MachineCode.Of(function, "run");
        public readonly WorkCounts RunToStart = MachineCode.Of(function, "to the start");
        public readonly WorkCounts BehindAll = MachineCode.Of(function, "behind all");
        public readonly WorkCounts Moved = MachineCode.Of(function, "moved");
        public readonly WorkCounts SignWord = MachineCode.Of(function, "signword");
    }
}
