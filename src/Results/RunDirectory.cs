namespace NeuroHal.Results;

/// <summary>A folder that complete runs left their results in.</summary>
public static class RunDirectory
{
    /// <summary>Reads the runs of a folder: one of <c>train</c>, or those of <c>compare</c>, each with the folder of its files.</summary>
    /// <exception cref="BadArgumentException">There is no result in it.</exception>
    /// <exception cref="BadDataException">The result is damaged or of a later schema.</exception>
    public static IReadOnlyList<(string Folder, RunRecord Run)> Read(string folder)
    {
        string file = Path.Combine(folder, RunFiles.Result);
        if (!File.Exists(file))
        {
            throw new BadArgumentException(Directory.Exists(Path.Combine(folder, RunFiles.Checkpoints))
                ? $"'{folder}' holds a run that is not complete: it has checkpoints, but no {RunFiles.Result}. Go on with it by --resume {folder}."
                : $"'{folder}' holds no run: it has no {RunFiles.Result}. Runs with --output have one.");
        }
        IReadOnlyList<RunRecord> runs;
        try
        {
            runs = ResultJson.ReadRuns(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is BadDataException or IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{file}: {e.Message}", e);
        }
        return [.. runs.Select(run => (runs.Count == 1 ? folder : Path.Combine(folder, FolderOf(run)), run))];
    }

    /// <summary>What the folder of one of several runs is called.</summary>
    public static string FolderOf(RunRecord run) => FolderOf(run.Backend.Id, run.Preset);

    /// <summary>What the folder of one of several runs is called.</summary>
    public static string FolderOf(string backend, string preset) => $"{backend}-{preset}";
}
