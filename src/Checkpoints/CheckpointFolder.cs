using System.Globalization;

namespace NeuroHal.Checkpoints;

/// <summary>
/// The checkpoints of one run: files with running numbers, of which the last two are kept. Whoever writes holds the run's
/// <see cref="RunLock"/>.
/// </summary>
/// <param name="folder">The folder; made with the first checkpoint.</param>
public sealed class CheckpointFolder(string folder)
{
    /// <summary>The checkpoints that are kept.</summary>
    public const int Kept = 2;

    private const string Suffix = ".checkpoint";

    // Those known to be whole, oldest first. Others do not count among those that are kept.
    private readonly List<string> _whole = [];

    /// <summary>Where the checkpoints are.</summary>
    public string Folder => folder;

    /// <summary>The files there are, oldest first.</summary>
    public IReadOnlyList<string> Files => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Suffix).Where(f => Number(f) > 0).OrderBy(Number)];

    /// <summary>Writes a checkpoint, then removes what is no longer kept.</summary>
    /// <exception cref="IOException">It cannot be written; those that were there are as they were.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; those that were there are as they were.</exception>
    public void Write(Checkpoint checkpoint)
    {
        Directory.CreateDirectory(folder);
        long number = Files.Select(Number).DefaultIfEmpty(0).Max() + 1;
        string file = Path.Combine(folder, number.ToString("D6", CultureInfo.InvariantCulture) + Suffix);
        DurableFile.Write(file, stream => CheckpointFormat.Write(stream, checkpoint));
        _whole.Add(file);
        _whole.RemoveRange(0, Math.Max(0, _whole.Count - Kept));
        foreach (string old in Files.Except(_whole).Concat(Directory.EnumerateFiles(folder, "*" + Suffix + DurableFile.PartialSuffix)))
        {
            File.Delete(old);
        }
    }

    /// <summary>Reads the newest checkpoint that is whole.</summary>
    /// <param name="use">Makes of it what is wanted; what it finds wrong counts as damage.</param>
    /// <param name="damaged">Told of each newer one that is not, in one line.</param>
    /// <returns>What <paramref name="use"/> made; null where there is no checkpoint at all.</returns>
    /// <exception cref="NewerCheckpointException">A later version of the program wrote the newest.</exception>
    /// <exception cref="BadDataException">There are some, but all are damaged.</exception>
    public T? ReadNewest<T>(Func<Checkpoint, T> use, Action<string> damaged) where T : class
    {
        IReadOnlyList<string> files = Files;
        foreach (string file in files.Reverse())
        {
            try
            {
                T made = use(Read(file));
                _whole.Clear();
                _whole.AddRange(files.TakeWhile(f => f != file).TakeLast(Kept - 1).Append(file));
                return made;
            }
            catch (BadDataException e) when (e is not NewerCheckpointException && file != files[0])
            {
                damaged($"{file}: {e.Message} Going back to the checkpoint before it.");
            }
            catch (BadDataException e) when (e is not NewerCheckpointException)
            {
                throw new BadDataException($"{file}: {e.Message} There is no other to go back to.", e);
            }
        }
        return null;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="NewerCheckpointException">A later version of the program wrote it.</exception>
    /// <exception cref="BadDataException">It is damaged, or cannot be read.</exception>
    public static Checkpoint Read(string file)
    {
        try
        {
            return CheckpointFormat.Read(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"The checkpoint cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The running number of a file; 0 where it has none.</summary>
    private static long Number(string file) =>
        long.TryParse(Path.GetFileName(file)[..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
