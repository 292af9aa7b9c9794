using NeuroHal.Checkpoints;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>What may be in a folder that results are to go to: nothing that a run would overwrite, but what one that did not finish left there.</summary>
internal static class OutputFolder
{
    private static readonly string[] _files = [RunFiles.Result, RunFiles.Failure, RunFiles.Network, RunFiles.InitialNetwork, RunFiles.Timeline, RunLock.FileName];

    /// <summary>Makes sure that nothing of anybody else's is overwritten.</summary>
    /// <exception cref="BadArgumentException">The folder is a file, or holds files of somebody else's under a run's names.</exception>
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
        // A run that does not come to its end leaves its lock, and checkpoints if it has saved; a network alone is somebody's.
        string[] ours = [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Where(IsOfARun).Order(StringComparer.Ordinal)];
        if (ours is [var first, ..] && !ours.Any(name => name is RunLock.FileName or RunFiles.Checkpoints))
        {
            throw new BadArgumentException($"'{folder}' holds '{first}', which no unfinished run left there; name another folder with --output.");
        }
    }

    private static bool IsOfARun(string name) => name == RunFiles.Checkpoints || _files.Any(f => name == f || name == f + DurableFile.PartialSuffix);
}
