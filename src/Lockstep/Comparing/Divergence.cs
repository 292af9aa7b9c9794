using System.Globalization;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Comparing;

/// <summary>Where a device first did something else than the one it is compared with.</summary>
public abstract record Divergence
{
    /// <summary>The superstep, from 1.</summary>
    public long Superstep { get; init; }

    /// <summary>Its name.</summary>
    public string SuperstepName { get; init; } = "";

    /// <summary>The core; null where it is the superstep itself that differs.</summary>
    public int? Core { get; init; }

    /// <summary>After what happened on that core it was seen.</summary>
    public EventKind Kind { get; init; }
}

/// <summary>An element of a buffer that holds something else.</summary>
public sealed record ValueDivergence : Divergence
{
    /// <summary>The kernel after which it was seen; empty where it was not a kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>
    /// Which call of that kernel, transfer started or awaited, on that core, from 1 since the run began; 0 for a barrier or
    /// the beginning of a superstep.
    /// </summary>
    public required long Call { get; init; }

    /// <summary>The kernel call's number in its superstep, on that core, from 1; 0 where it was not a kernel.</summary>
    public required int CallInSuperstep { get; init; }

    /// <summary>The buffer.</summary>
    public required string Buffer { get; init; }

    /// <summary>The first element that differs.</summary>
    public required int Element { get; init; }

    /// <summary>The number in that element; empty where the element is one number.</summary>
    public required string Field { get; init; }

    /// <summary>What it should be.</summary>
    public required string Expected { get; init; }

    /// <summary>What it is.</summary>
    public required string Actual { get; init; }

    /// <summary>How many floating-point numbers apart the two are; null where they are none.</summary>
    public required ulong? Ulps { get; init; }

    /// <summary>How many elements of the buffer differ.</summary>
    public required int Differing { get; init; }

    /// <summary>How many it has.</summary>
    public required int Length { get; init; }

    /// <summary>The element as a programmer would write it.</summary>
    public string ElementName => string.Create(
        CultureInfo.InvariantCulture, $"[{Element}]{(Field.Length > 0 ? $".{Field}" : "")}");
}

/// <summary>Something else happened: another kernel ran, or none, or a buffer of another shape was allocated.</summary>
public sealed record EventDivergence : Divergence
{
    /// <summary>What should have happened.</summary>
    public required string Expected { get; init; }

    /// <summary>What did.</summary>
    public required string Actual { get; init; }
}
