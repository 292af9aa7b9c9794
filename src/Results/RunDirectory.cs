namespace NeuroHal.Results;

/// <summary>A folder that complete runs left their results in.</summary>
public static class RunDirectory
{
    private const int MostNamed = 10;

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
                : Within(folder) is { Count: > 0 } within
                    ? $"'{folder}' has no {RunFiles.Result}, but there are runs within it; name the folder of one: {string.Join(", ", within)}."
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
        return [.. runs.Select(run => (runs.Count == 1 && !Directory.Exists(Path.Combine(folder, FolderOf(run))) ? folder : Path.Combine(folder, FolderOf(run)), run))];
    }

    /// <summary>Folders right within one that hold runs, as those of a comparison that did not come to its end.</summary>
    private static List<string> Within(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, RunFiles.Result))).Order(StringComparer.Ordinal).Take(MostNamed)];

    /// <summary>What the folder of one of several runs is called.</summary>
    public static string FolderOf(RunRecord run) => FolderOf(run.Backend.Id, run.Preset);

    /// <summary>What the folder of one of several runs is called.</summary>
    public static string FolderOf(string backend, string preset) => $"{backend}-{preset}";
}
