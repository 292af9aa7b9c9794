namespace NeuroHal.SpiNNaker2Emu.Profile;

/// <summary>A number about the chip: its best value, the bounds it lies between, and where it comes from.</summary>
internal sealed record Constant
{
    public required double Value { get; init; }

    public required double Low { get; init; }

    public required double High { get; init; }

    public required string Unit { get; init; }

    /// <summary>A publication, a manual, "derived: ..." or "assumed: ...".</summary>
    public required string Source { get; init; }

    public bool IsAssumed => Source.StartsWith("assumed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is worked out from what is published, by steps that its source tells.</summary>
    internal bool IsDerived => Source.StartsWith("derived", StringComparison.OrdinalIgnoreCase);

    /// <summary>This many units of energy; picojoules or milliwatts are scaled by the caller.</summary>
    public Joules Times(double value, double low, double high) => new(Value * value, Low * low, High * high);
}

/// <summary>The unit a constant must be given in.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnitAttribute(string name) : Attribute
{
    public string Name => name;
}
