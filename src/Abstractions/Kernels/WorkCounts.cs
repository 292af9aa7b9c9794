namespace NeuroHal;

/// <summary>
/// What a kernel did, counted by the classes of operation an ARM Cortex-M4F distinguishes. Counts are dynamic: a
/// multiplication that a zero input made unnecessary is not counted, the comparison that found the zero is.
/// </summary>
public readonly record struct WorkCounts
{
    /// <summary>No work.</summary>
    public static readonly WorkCounts None;

    /// <summary>Integer additions, multiplications, shifts, logic, comparisons and moves.</summary>
    public long IntegerAlu { get; init; }

    /// <summary>Integer divisions.</summary>
    public long IntegerDivide { get; init; }

    /// <summary>Loads of up to 32 bits from SRAM.</summary>
    public long Load { get; init; }

    /// <summary>Stores of up to 32 bits to SRAM.</summary>
    public long Store { get; init; }

    /// <summary>Branches taken, loops' backward branches among them.</summary>
    public long BranchTaken { get; init; }

    /// <summary>Conditional branches not taken.</summary>
    public long BranchNotTaken { get; init; }

    /// <summary>Float additions and subtractions.</summary>
    public long FloatAdd { get; init; }

    /// <summary>Float multiplications.</summary>
    public long FloatMultiply { get; init; }

    /// <summary>Float fused multiply-adds.</summary>
    public long FloatMultiplyAdd { get; init; }

    /// <summary>Float comparisons, the transfer of their flags included.</summary>
    public long FloatCompare { get; init; }

    /// <summary>Conversions between integer and float, and moves between the register files.</summary>
    public long FloatConvert { get; init; }

    /// <summary>Float divisions.</summary>
    public long FloatDivide { get; init; }

    /// <summary>Float square roots.</summary>
    public long FloatSquareRoot { get; init; }

    /// <summary>Exponentials, whether by an accelerator or in software.</summary>
    public long Exponential { get; init; }

    /// <summary>32-bit words of randomness, whether by an accelerator or in software.</summary>
    public long RandomWord { get; init; }

    /// <summary>The work of both.</summary>
    public static WorkCounts operator +(WorkCounts a, WorkCounts b) => new()
    {
        IntegerAlu = a.IntegerAlu + b.IntegerAlu,
        IntegerDivide = a.IntegerDivide + b.IntegerDivide,
        Load = a.Load + b.Load,
        Store = a.Store + b.Store,
        BranchTaken = a.BranchTaken + b.BranchTaken,
        BranchNotTaken = a.BranchNotTaken + b.BranchNotTaken,
        FloatAdd = a.FloatAdd + b.FloatAdd,
        FloatMultiply = a.FloatMultiply + b.FloatMultiply,
        FloatMultiplyAdd = a.FloatMultiplyAdd + b.FloatMultiplyAdd,
        FloatCompare = a.FloatCompare + b.FloatCompare,
        FloatConvert = a.FloatConvert + b.FloatConvert,
        FloatDivide = a.FloatDivide + b.FloatDivide,
        FloatSquareRoot = a.FloatSquareRoot + b.FloatSquareRoot,
        Exponential = a.Exponential + b.Exponential,
        RandomWord = a.RandomWord + b.RandomWord,
    };

    /// <summary>The same work <paramref name="times"/> times over.</summary>
    public static WorkCounts operator *(WorkCounts work, long times) => new()
    {
        IntegerAlu = work.IntegerAlu * times,
        IntegerDivide = work.IntegerDivide * times,
        Load = work.Load * times,
        Store = work.Store * times,
        BranchTaken = work.BranchTaken * times,
        BranchNotTaken = work.BranchNotTaken * times,
        FloatAdd = work.FloatAdd * times,
        FloatMultiply = work.FloatMultiply * times,
        FloatMultiplyAdd = work.FloatMultiplyAdd * times,
        FloatCompare = work.FloatCompare * times,
        FloatConvert = work.FloatConvert * times,
        FloatDivide = work.FloatDivide * times,
        FloatSquareRoot = work.FloatSquareRoot * times,
        Exponential = work.Exponential * times,
        RandomWord = work.RandomWord * times,
    };
}
