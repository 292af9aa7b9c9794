namespace NeuroHal.Checkpoints;

/// <summary>
/// A folder held by one run. The lock is a file held open, so it ends with the process however that ends, and a killed run is in
/// nobody's way. It binds those who ask for it, on file systems that know locks.
/// </summary>
public sealed class RunLock : IDisposable
{
    /// <summary>The file.</summary>
    public const string FileName = ".neurohal.lock";

    private readonly FileStream _file;
    private readonly bool _madeFolder;

    private RunLock(FileStream file, bool madeFolder) => (_file, _madeFolder) = (file, madeFolder);

    /// <summary>Takes a folder, which is made if it is not there.</summary>
    /// <exception cref="BadArgumentException">Another run holds it, or it cannot be written.</exception>
    public static RunLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            bool made = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), made);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The base library has no exception of its own for a file that is held; that it is there and can be opened tells.
            throw new BadArgumentException(
                e is IOException && FileIsHeld(path)
                    ? $"Another run is writing to '{folder}'; wait for it, or name another folder with --output."
                    : $"The output folder '{folder}' cannot be written: {e.Message}",
                e);
        }
    }

    /// <summary>Gives the folder back and leaves nothing behind; for a run that is complete.</summary>
    public void Remove()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    /// <summary>Gives the folder back. One that was made for the run, which has put nothing into it, goes again.</summary>
    public void Dispose()
    {
        _file.Dispose();
        string folder = Path.GetDirectoryName(_file.Name)!;
        if (!_madeFolder)
        {
            return;
        }
        try
        {
            if (Directory.EnumerateFileSystemEntries(folder).All(e => Path.GetFileName(e) == FileName))
            {
                File.Delete(_file.Name);
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it stays, empty.
        }
    }

    /// <summary>
    /// Whether somebody holds a folder at this moment. Looking takes the lock for that moment, so whoever wants it then has to try again.
    /// </summary>
    public static bool IsHeld(string folder) => FileIsHeld(Path.Combine(folder, FileName));

    private static bool FileIsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException) when (File.Exists(path))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
