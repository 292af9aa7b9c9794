namespace NeuroHal.Results;

/// <summary>What several runs came to, side by side. Each has a folder of its own beside this file.</summary>
/// <param name="SchemaVersion">The schema's version, <see cref="RunRecord.CurrentSchema"/>.</param>
/// <param name="Command">The verb of the command line.</param>
/// <param name="Runs">The runs.</param>
public sealed record ComparisonRecord(int SchemaVersion, string Command, IReadOnlyList<RunRecord> Runs);
