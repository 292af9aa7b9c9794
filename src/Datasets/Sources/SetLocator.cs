using NeuroHal.Datasets.Idx;

namespace NeuroHal.Datasets.Sources;

/// <summary>Finds a set's four files on this machine.</summary>
internal static class SetLocator
{
    /// <summary>The four files and the folder they are in, or null where no folder holds all four.</summary>
    /// <exception cref="BadArgumentException">A folder that the user named is not there.</exception>
    public static FoundSet? Find(KnownSet set, DatasetEnvironment environment)
    {
        RequireNamedFolders(environment);
        if (environment.Folder is not null)
        {
            return In(environment.Folder, set) ?? throw new BadArgumentException(
                $"The data folder '{environment.Folder}' does not hold {set.Name}: neither it nor its folder '{set.Name}' has all of "
                + $"{string.Join(", ", KnownSet.Files)} (.gz or not).");
        }
        IEnumerable<string?> folders = [environment.DataVariable, environment.Cache, .. environment.SystemFolders];
        return folders.OfType<string>().Select(folder => In(folder, set)).FirstOrDefault(found => found is not null);
    }

    /// <summary>A folder that the user named must be there, even where nothing is looked up in it.</summary>
    /// <exception cref="BadArgumentException">It is not.</exception>
    public static void RequireNamedFolders(DatasetEnvironment environment)
    {
        Require(environment.Folder, "The data folder");
        Require(environment.DataVariable, "NEUROHAL_DATA");
    }

    private static void Require(string? folder, string what)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new BadArgumentException($"{what} is '{folder}', but there is no such folder.");
        }
    }

    private static FoundSet? In(string folder, KnownSet set)
    {
        FoundSet? own = AllFour(Path.Combine(folder, set.Name));
        if (own is not null)
        {
            return own;
        }
        // All sets of the family use the same file names: the folder's name or the files' content tells which one it is.
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        bool another = KnownSet.All.Any(other => other != set && other.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return !another && AllFour(folder) is { } flat && !HoldsAnother(flat, set) ? flat : null;
    }

    /// <summary>Whether the test labels, the smallest of the files, are those of another published set.</summary>
    private static bool HoldsAnother(FoundSet found, KnownSet set)
    {
        const int TestLabels = 3;
        return KnownSet.All.Any(other =>
            other != set && other.Checksum(TestLabels) is { } sha256 && IdxFile.Has(found.Files[TestLabels], sha256));
    }

    private static FoundSet? AllFour(string folder)
    {
        string[] files = [.. KnownSet.Files.Select(name => Existing(folder, name)).OfType<string>()];
        return files.Length == KnownSet.Files.Count ? new FoundSet(folder, files) : null;
    }

    private static string? Existing(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, dotted, name + ".gz", dotted + ".gz" }
            .Select(n => Path.Combine(folder, n))
            .FirstOrDefault(File.Exists);
    }
}

/// <summary>A set's files.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Files">In the order of <see cref="KnownSet.Files"/>.</param>
internal sealed record FoundSet(string Folder, IReadOnlyList<string> Files);
