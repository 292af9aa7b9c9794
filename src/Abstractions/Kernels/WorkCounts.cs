using System.Runtime.Intrinsics;

namespace NeuroHal;

/// <summary>
/// What a kernel did, counted by the classes of operation an ARM Cortex-M4F distinguishes. Counts are dynamic: a
/// multiplication that a zero input made unnecessary is not counted, the comparison that found the zero is.
/// </summary>
/// <remarks>Kept in vectors, because sums and multiples are taken with every kernel call.</remarks>
public readonly record struct WorkCounts
{
    /// <summary>No work.</summary>
    public static readonly WorkCounts None;

    private readonly Vector512<long> _integers;
    private readonly Vector512<long> _floats;
    private readonly Vector128<long> _pipeline;

    private WorkCounts(Vector512<long> integers, Vector512<long> floats, Vector128<long> pipeline) =>
        (_integers, _floats, _pipeline) = (integers, floats, pipeline);

    /// <summary>Integer additions, multiplications, shifts, logic, comparisons and moves.</summary>
    public long IntegerAlu
    {
        get => _integers[0];
        init => _integers = _integers.WithElement(0, value);
    }

    /// <summary>Integer divisions.</summary>
    public long IntegerDivide
    {
        get => _integers[1];
        init => _integers = _integers.WithElement(1, value);
    }

    /// <summary>Loads of up to 32 bits from SRAM, but for <see cref="PipelinedLoad"/>.</summary>
    public long Load
    {
        get => _integers[2];
        init => _integers = _integers.WithElement(2, value);
    }

    /// <summary>Stores of up to 32 bits to SRAM.</summary>
    public long Store
    {
        get => _integers[3];
        init => _integers = _integers.WithElement(3, value);
    }

    /// <summary>Branches taken, loops' backward branches among them.</summary>
    public long BranchTaken
    {
        get => _integers[4];
        init => _integers = _integers.WithElement(4, value);
    }

    /// <summary>Conditional branches not taken.</summary>
    public long BranchNotTaken
    {
        get => _integers[5];
        init => _integers = _integers.WithElement(5, value);
    }

    /// <summary>Exponentials, whether by an accelerator or in software.</summary>
    public long Exponential
    {
        get => _integers[6];
        init => _integers = _integers.WithElement(6, value);
    }

    /// <summary>32-bit words of randomness, whether by an accelerator or in software.</summary>
    public long RandomWord
    {
        get => _integers[7];
        init => _integers = _integers.WithElement(7, value);
    }

    /// <summary>Float additions and subtractions.</summary>
    public long FloatAdd
    {
        get => _floats[0];
        init => _floats = _floats.WithElement(0, value);
    }

    /// <summary>Float multiplications.</summary>
    public long FloatMultiply
    {
        get => _floats[1];
        init => _floats = _floats.WithElement(1, value);
    }

    /// <summary>Float fused multiply-adds.</summary>
    public long FloatMultiplyAdd
    {
        get => _floats[2];
        init => _floats = _floats.WithElement(2, value);
    }

    /// <summary>Float comparisons, the transfer of their flags included.</summary>
    public long FloatCompare
    {
        get => _floats[3];
        init => _floats = _floats.WithElement(3, value);
    }

    /// <summary>Conversions between integer and float, and moves between the register files.</summary>
    public long FloatConvert
    {
        get => _floats[4];
        init => _floats = _floats.WithElement(4, value);
    }

    /// <summary>Float divisions.</summary>
    public long FloatDivide
    {
        get => _floats[5];
        init => _floats = _floats.WithElement(5, value);
    }

    /// <summary>Float square roots.</summary>
    public long FloatSquareRoot
    {
        get => _floats[6];
        init => _floats = _floats.WithElement(6, value);
    }

    /// <summary>
    /// Loads of up to 32 bits that directly follow a load whose result their address does not need, so that the two
    /// overlap (ARM Cortex-M4 Technical Reference Manual, DDI 0439, "Load/store timings").
    /// </summary>
    public long PipelinedLoad
    {
        get => _pipeline[0];
        init => _pipeline = _pipeline.WithElement(0, value);
    }

    /// <summary>
    /// Cycles lost between instructions: to an address or a float operand that the instruction before has just made, or
    /// to a store that takes a second cycle (same manual).
    /// </summary>
    public long Stall
    {
        get => _pipeline[1];
        init => _pipeline = _pipeline.WithElement(1, value);
    }

    /// <summary>The work of both.</summary>
    public static WorkCounts operator +(WorkCounts a, WorkCounts b) =>
        new(a._integers + b._integers, a._floats + b._floats, a._pipeline + b._pipeline);

    /// <summary>The same work <paramref name="times"/> times over.</summary>
    public static WorkCounts operator *(WorkCounts work, long times) =>
        new(work._integers * times, work._floats * times, work._pipeline * times);
}
