namespace NeuroHal.TestPlugins.Diverging;

/// <summary>What a backend's author got wrong.</summary>
public enum SlipKind
{
    /// <summary>After the kernel, an element of a buffer is off.</summary>
    Nudge,

    /// <summary>What is sent never arrives.</summary>
    LosesSends,

    /// <summary>What is loaded never arrives.</summary>
    LosesLoads,

    /// <summary>What is loaded is there at once.</summary>
    LandsLoadsAtOnce,
}

/// <summary>One thing wrong on one core, from some call on.</summary>
public sealed record Slip(SlipKind Kind, int Core, int FromCall)
{
    /// <summary>The kernel that is wrong.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The buffer of floats that it gets wrong.</summary>
    public string Buffer { get; init; } = "";

    public int Element { get; init; }

    public int Ulps { get; init; } = 1;
}
