namespace NeuroHal.Results;

/// <summary>What several runs came to, side by side. Each has a folder of its own beside this file.</summary>
/// <param name="SchemaVersion">The schema's version, <see cref="RunRecord.CurrentSchema"/>.</param>
/// <param name="Command">The verb of the command line.</param>
/// <param name="Runs">The runs.</param>
public sealed record ComparisonRecord(int SchemaVersion, string Command, IReadOnlyList<RunRecord> Runs)
{
    /// <summary>Whether backends came to the same network, for each preset compared; empty where nothing of the kind was asked.</summary>
    public IReadOnlyList<PresetNetworks> Presets { get; init; } = [];

    /// <summary>Each run's figures over those of the first run that has them; empty where nothing of the kind was asked.</summary>
    public IReadOnlyList<RunRatios> Ratios { get; init; } = [];

    /// <summary>What was to be compared and did not fit.</summary>
    public IReadOnlyList<RunThatDoesNotFit> DoesNotFit { get; init; } = [];
}

/// <summary>The networks that one preset came to.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Backends">The backends that it ran on.</param>
/// <param name="BitIdentical">Whether they came to the same network, bit by bit; null where it ran on fewer than two.</param>
public sealed record PresetNetworks(string Preset, IReadOnlyList<string> Backends, bool? BitIdentical);

/// <summary>A run's figures over those of the first run that has them.</summary>
/// <param name="Backend">The run's backend.</param>
/// <param name="Preset">The run's preset.</param>
/// <param name="DeviceSecondsTraining">Of time in training; null where it has none.</param>
/// <param name="Joules">Of energy in training; null where it has no meter.</param>
/// <param name="UsedBytes">Of the memory of the fullest core.</param>
public sealed record RunRatios(string Backend, string Preset, double? DeviceSecondsTraining, double? Joules, double? UsedBytes);

/// <summary>A preset that has no room on a backend.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Preset">The preset.</param>
/// <param name="Reason">What is missing, and what would help.</param>
public sealed record RunThatDoesNotFit(string Backend, string Preset, string Reason);
