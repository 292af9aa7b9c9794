namespace NeuroHal.SpiNNaker2Emu;

/// <summary>What a core does while it waits, for a transfer or at a barrier.</summary>
internal enum PowerPolicy
{
    /// <summary>It sleeps, its clocks gated, at the level it computes at.</summary>
    RaceToIdle,

    /// <summary>It sleeps at the lowest level, and changes level for that and back.</summary>
    PerPhase,

    /// <summary>It stays awake, its clocks running, at the level it computes at.</summary>
    Fixed,
}

/// <summary>Policies by name.</summary>
internal static class PowerPolicies
{
    /// <summary>The default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["race-to-idle", "per-phase", "fixed"];

    /// <exception cref="BadArgumentException">There is none of that name.</exception>
    public static PowerPolicy Get(string? name) => name switch
    {
        null or "race-to-idle" => PowerPolicy.RaceToIdle,
        "per-phase" => PowerPolicy.PerPhase,
        "fixed" => PowerPolicy.Fixed,
        _ => throw new BadArgumentException($"SpiNNaker2Emu: unknown policy '{name}'; there are {string.Join(", ", Names)}.{NearestName.Question(name, Names)}"),
    };
}
