using NeuroHal.Lockstep.Recording;

namespace NeuroHal.Lockstep.Tests;

/// <summary>A recording for one test.</summary>
internal sealed class RecordingFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neurohal-test-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "run.rec");

    public static RunDescription Description { get; } = new("ReferenceCpu", [new("seed", "1"), new("lanes", "1")]);

    public void Record(Action<IDevice, CancellationToken> program, long limit = 100_000_000)
    {
        using var writer = new RecordingWriter(Path, Description, new Bytes(limit));
        Programs.Record(Devices.Open("ReferenceCpu"), program, writer);
        writer.Complete(isWhole: true);
    }

    public string[] Files() => Directory.GetFiles(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
