using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Results;

namespace NeuroHal.Cli.Resuming;

/// <summary>A training run's folder, held while it runs, and the checkpoint that it goes on from, if it does.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string Subfolder = RunFiles.Checkpoints;

    private readonly RunLock? _held;

    private RunFolder(string? output, RunLock? held, CheckpointFolder? checkpoints, string? resumedFrom, (SavedRun Run, Checkpoint State)? resumed)
    {
        (Output, _held, Checkpoints, Resumed) = (output, held, checkpoints, resumed);
        ResumedFrom = resumedFrom;
    }

    /// <summary>Where result.json goes; null for nowhere.</summary>
    public string? Output { get; }

    /// <summary>Where checkpoints go; null for nowhere.</summary>
    public CheckpointFolder? Checkpoints { get; }

    /// <summary>What to go on from; null for the start.</summary>
    public (SavedRun Run, Checkpoint State)? Resumed { get; }

    /// <summary>The folder that <see cref="Resumed"/> is from.</summary>
    public string? ResumedFrom { get; }

    /// <summary>Takes the output folder, and reads the newest good checkpoint where a run is to be resumed.</summary>
    /// <exception cref="BadArgumentException">There is nothing to resume, the folder is in use, or holds a result, or cannot be written.</exception>
    /// <exception cref="BadDataException">No checkpoint is whole, or the newest is of a later version.</exception>
    public static RunFolder Open(IConfiguration configuration, Terminal terminal)
    {
        var read = new SettingReader(configuration);
        string? resume = read.Text(ConfigurationKeys.Resume);
        string? output = read.Text(ConfigurationKeys.Output) ?? resume;
        if (resume is not null && !Directory.Exists(Path.Combine(resume, Subfolder)))
        {
            throw new BadArgumentException(
                $"'{resume}' holds no run to resume: it has no folder '{Subfolder}'. Runs with --output have one once they have saved.");
        }
        if (resume is not null && read.Text(ConfigurationKeys.Record) is not null)
        {
            throw new BadArgumentException("--record is given with --resume, but a recording begins at a run's beginning.");
        }
        bool inPlace = resume is not null && Path.GetFullPath(resume) == Path.GetFullPath(output!);
        RunLock? held = ResultFile.Prepare(output, inPlace);
        try
        {
            CheckpointFolder? own = output is null ? null : new CheckpointFolder(Path.Combine(output, Subfolder));
            if (resume is null)
            {
                RequireUnused(own);
                return new RunFolder(output, held, own, null, null);
            }
            using RunLock? other = inPlace ? null : RunLock.Take(resume);
            CheckpointFolder source = inPlace ? own! : new CheckpointFolder(Path.Combine(resume, Subfolder));
            if (!inPlace)
            {
                RequireUnused(own);
            }
            var newest = source.ReadNewest(c => Tuple.Create(SavedRun.Read(c.Run), c), terminal.Talk)
                ?? throw new BadArgumentException($"'{resume}' holds no checkpoint to resume from; it was ended before it saved for the first time. Start it anew.");
            return new RunFolder(output, held, own, resume, (newest.Item1, newest.Item2));
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>What was given when the run began, and over it what is given now.</summary>
    public IConfiguration Configure(IConfiguration given) => Resumed is { } resumed ? resumed.Run.Below(given) : given;

    /// <summary>The run is complete and its result written.</summary>
    public void Complete() => _held?.Remove();

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private static void RequireUnused(CheckpointFolder? folder)
    {
        if (folder is { Files.Count: > 0 })
        {
            string output = Path.GetDirectoryName(folder.Folder)!;
            throw new BadArgumentException(
                $"'{output}' holds checkpoints of another run; go on with it by --resume {output}, or name another folder with --output.");
        }
    }
}
