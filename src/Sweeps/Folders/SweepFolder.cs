using System.Text.Json;
using NeuroHal.Checkpoints;
using NeuroHal.Results;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Folders;

/// <summary>
/// The folder of a sweep. <c>runs/ID</c> is a run's own, as training leaves it; <c>work/ID</c> has its settings, what was tried, and the
/// lock by which whoever runs it claims it. Nothing else says how a run stands, so nothing can contradict that.
/// </summary>
/// <param name="path">Where it is.</param>
public sealed class SweepFolder(string path)
{
    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Where it is, from the root.</summary>
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>A run's own folder.</summary>
    public string RunFolder(string id) => Path.Combine(Root, "runs", id);

    /// <summary>What belongs to the sweep about a run.</summary>
    public string WorkFolder(string id) => Path.Combine(Root, "work", id);

    /// <summary>A run's settings, as a configuration file.</summary>
    public string SettingsFile(string id) => Path.Combine(WorkFolder(id), "settings.json");

    /// <summary>What a run's processes said.</summary>
    public string LogFile(string id) => Path.Combine(WorkFolder(id), "log.txt");

    /// <summary>Whether a run has a result.</summary>
    public bool IsDone(string id) => File.Exists(Path.Combine(RunFolder(id), RunFiles.Result));

    /// <summary>Whether a run has a checkpoint to go on from.</summary>
    public bool HasCheckpoint(string id) => Checkpoints(id).Files.Count > 0;

    /// <summary>The newest checkpoint, by which progress is seen; null for none.</summary>
    public string? NewestCheckpoint(string id) => Checkpoints(id).Files is [.., var newest] ? Path.GetFileName(newest) : null;

    /// <summary>Writes the settings of runs that are to be run.</summary>
    public void Prepare(IEnumerable<PlannedRun> runs)
    {
        foreach (PlannedRun run in runs)
        {
            string file = SettingsFile(run.Id);
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(run.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(), _format);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(json))
            {
                Directory.CreateDirectory(WorkFolder(run.Id));
                DurableFile.Write(file, stream => stream.Write(json));
            }
        }
    }

    /// <summary>The times a run was begun, in order; a record that cannot be read is left out.</summary>
    public IReadOnlyList<Attempt> Attempts(string id) => !Directory.Exists(WorkFolder(id))
        ? []
        : [.. Directory.EnumerateFiles(WorkFolder(id), "attempt-*.json").Order(StringComparer.Ordinal).Select(ReadAttempt).OfType<Attempt>()];

    /// <summary>Writes down a beginning or an end. Whoever does holds the run's claim.</summary>
    public void Write(string id, Attempt attempt) => DurableFile.Write(
        Path.Combine(WorkFolder(id), $"attempt-{attempt.Number:D4}.json"), stream => JsonSerializer.Serialize(stream, attempt, _format));

    /// <summary>How a run stands.</summary>
    public RunStatus StatusOf(PlannedRun run) =>
        IsDone(run.Id) ? RunStatus.Done
        : run.DoesNotFit is not null ? RunStatus.DoesNotFit
        : RunLock.IsHeld(WorkFolder(run.Id)) ? RunStatus.Running
        : Attempts(run.Id) switch
        {
            [] => RunStatus.Waiting,
            [.., { ExitCode: null or 0 or Interrupted }] => RunStatus.Interrupted,
            [.., { ExitCode: DoesNotFit }] => RunStatus.DoesNotFit,
            _ => RunStatus.Failed,
        };

    /// <summary>The exit code of a run that saved itself because it was told to end.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of a run that does not fit its device.</summary>
    public const int DoesNotFit = 3;

    private CheckpointFolder Checkpoints(string id) => new(Path.Combine(RunFolder(id), RunFiles.Checkpoints));

    private static Attempt? ReadAttempt(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Attempt>(File.ReadAllBytes(file), _format);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // it tells no more than that there was one; results and checkpoints are elsewhere
        }
    }
}
