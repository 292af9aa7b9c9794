using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>Turns counts of work into cycles: each class's count times the cycles of one.</summary>
internal sealed class Pricing
{
    private readonly TimingProfile _timing;
    private readonly Constant _exponential;
    private readonly Constant _random;

    public Pricing(DeviceProfile profile, EmuOptions options)
    {
        _timing = profile.Timing;
        _exponential = options.ExponentialAccelerator ? _timing.ExponentialAccelerated : _timing.ExponentialSoftware;
        _random = options.RandomAccelerator ? _timing.RandomAccelerated : _timing.RandomSoftware;
        Value = PriceOf(c => c.Value);
        Low = PriceOf(c => c.Low);
        High = PriceOf(c => c.High);
        Assumed = PriceOf(c =>
        {
            RestsOnAssumed |= c.IsAssumed;
            return c.IsAssumed ? c.Value : 0;
        });
    }

    /// <summary>Prices at the constants' best values; the emulated time is by these.</summary>
    public Price Value { get; }

    /// <summary>Prices at the lower bounds.</summary>
    public Price Low { get; }

    /// <summary>Prices at the upper bounds.</summary>
    public Price High { get; }

    /// <summary>Prices at the best values of assumed constants, nothing for the others: the part of cycles that rests on assumptions.</summary>
    public Price Assumed { get; }

    /// <summary>Whether any of the constants in use is assumed.</summary>
    public bool RestsOnAssumed { get; private set; }

    private Price PriceOf(Func<Constant, double> of) => new(
        of(_timing.IntegerAlu),
        of(_timing.IntegerDivide),
        of(_timing.Load),
        of(_timing.PipelinedLoad),
        of(_timing.Store),
        of(_timing.BranchTaken),
        of(_timing.BranchNotTaken),
        of(_timing.FloatAdd),
        of(_timing.FloatMultiply),
        of(_timing.FloatMultiplyAdd),
        of(_timing.FloatCompare),
        of(_timing.FloatConvert),
        of(_timing.FloatDivide),
        of(_timing.FloatSquareRoot),
        of(_exponential),
        of(_random),
        of(_timing.Stall),
        of(_timing.KernelCall));
}

/// <summary>Cycles of one operation of each class.</summary>
internal sealed record Price(
    double IntegerAlu,
    double IntegerDivide,
    double Load,
    double PipelinedLoad,
    double Store,
    double BranchTaken,
    double BranchNotTaken,
    double FloatAdd,
    double FloatMultiply,
    double FloatMultiplyAdd,
    double FloatCompare,
    double FloatConvert,
    double FloatDivide,
    double FloatSquareRoot,
    double Exponential,
    double RandomWord,
    double Stall,
    double KernelCall)
{
    /// <summary>The cycles of some kernel calls that did this work together, rounded to whole ones.</summary>
    public Cycles Of(in WorkCounts work, long calls) => new((long)Math.Round(
        (work.IntegerAlu * IntegerAlu) + (work.IntegerDivide * IntegerDivide)
        + (work.Load * Load) + (work.PipelinedLoad * PipelinedLoad) + (work.Store * Store)
        + (work.BranchTaken * BranchTaken) + (work.BranchNotTaken * BranchNotTaken)
        + (work.FloatAdd * FloatAdd) + (work.FloatMultiply * FloatMultiply)
        + (work.FloatMultiplyAdd * FloatMultiplyAdd) + (work.FloatCompare * FloatCompare)
        + (work.FloatConvert * FloatConvert) + (work.FloatDivide * FloatDivide)
        + (work.FloatSquareRoot * FloatSquareRoot) + (work.Exponential * Exponential)
        + (work.RandomWord * RandomWord) + (work.Stall * Stall) + (calls * KernelCall)));
}
