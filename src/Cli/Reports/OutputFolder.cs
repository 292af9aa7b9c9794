using NeuroHal.Checkpoints;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>What may be in a folder that results are to go to: nothing, or what a run that did not finish left there.</summary>
internal static class OutputFolder
{
    private static readonly string[] _files = [RunFiles.Result, RunFiles.Failure, RunFiles.Network, RunFiles.InitialNetwork, RunFiles.Timeline, RunLock.FileName];

    /// <summary>Makes sure that nothing of anybody else's is overwritten.</summary>
    /// <exception cref="BadArgumentException">The folder is a file, or holds what is not of a run, or of one that is complete.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(folder))
        {
            throw new BadArgumentException($"'{folder}' is a file; name a new folder with --output.");
        }
        if (!Directory.Exists(folder))
        {
            return;
        }
        if (File.Exists(Path.Combine(folder, RunFiles.Result)))
        {
            throw new BadArgumentException($"'{folder}' already holds a {RunFiles.Result}; it is kept. Name another folder with --output.");
        }
        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        // A run that does not come to its end leaves its lock, and checkpoints if it has saved; a network alone is somebody's.
        bool isLeft = entries.Select(Path.GetFileName).Any(name => name is RunLock.FileName or RunFiles.Checkpoints);
        string? other = isLeft ? entries.FirstOrDefault(e => !IsOfARun(e) && !IsFolderOfRun(e)) : entries.FirstOrDefault();
        if (other is not null)
        {
            throw new BadArgumentException(
                $"'{folder}' holds '{Path.GetFileName(other)}', which no run that is to be begun anew left there; name a new or empty folder with --output.");
        }
    }

    private static bool IsOfARun(string path)
    {
        string name = Path.GetFileName(path);
        return name == RunFiles.Checkpoints || _files.Any(f => name == f || name == f + DurableFile.PartialSuffix);
    }

    /// <summary>Of a comparison, which has a folder for each of its runs.</summary>
    private static bool IsFolderOfRun(string path) => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).All(IsOfARun);
}
