using NeuroHal.Fuzz.Readers;

namespace NeuroHal.Fuzz;

/// <summary>A reader in the table.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Share">How many of a campaign's inputs it gets, relative to the others; less for what is slow or leaves traces.</param>
/// <param name="Open">Makes it, given a folder of its own.</param>
internal sealed record ReaderEntry(string Name, double Share, Func<string, FuzzedReader> Open);

/// <summary>Every reader of what others wrote. A new one is a line here.</summary>
internal static class ReaderTable
{
    public static IReadOnlyList<ReaderEntry> All { get; } =
    [
        new("IDX images", 1, IdxReader.OfImages),
        new("IDX labels", 1, IdxReader.OfLabels),
        new("IDX in gzip", 1, IdxReader.OfGzip),
        new("neurohal.json", 0.5, folder => new ConfigurationReader(folder)),
        new("sweep specification", 0.5, folder => new SweepSpecReader(folder)),
        new("settings by --set", 0.5, SettingsReader.OfOptions),
        new("settings by environment", 0.5, SettingsReader.OfEnvironment),
        new("device profile", 0.25, folder => new ProfileReader(folder)),
        new("fault plan", 0.25, FaultPlanReader.OfFile),
        new("fault plan in its short form", 0.25, FaultPlanReader.OfShortForm),
        new("plugin manifest", 0.5, folder => new ManifestReader(folder)),
        new("plugin pins", 2, folder => new PinReader(folder)),
        new("pinned plugin's files", 0.5, folder => new PinnedFileReader(folder)),
        new("plugin assembly", 0.01, folder => new AssemblyReader(folder)),
        new("recording", 2, RunRecordingReader.Unsealed),
        new("recording, checksums mended", 2, RunRecordingReader.Sealed),
        new("device state, checksum mended", 2, folder => new DeviceStateReader(folder)),
        new("checkpoint", 2, CheckpointReader.Unsealed),
        new("checkpoint, checksum mended", 2, CheckpointReader.Sealed),
        new("result.json", 1, folder => new ResultReader(folder)),
        new("timeline.json", 0.5, folder => new TimelineReader(folder)),
        new("network in .npz", 1, _ => NetworkReader.OfNpz()),
        new("network in .safetensors", 1, _ => NetworkReader.OfSafetensors()),
        new("network in .onnx", 1, _ => NetworkReader.OfOnnx()),
        new("PNG", 1, PngReader.Unsealed),
        new("PNG, checksums mended", 1, PngReader.Sealed),
        new("energy counters", 0.5, folder => new EnergyCounterReader(folder)),
    ];
}
