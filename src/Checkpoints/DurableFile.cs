using System.Runtime.InteropServices;

namespace NeuroHal.Checkpoints;

/// <summary>
/// Files that appear under their names only when they are whole and on the disk: a kill, a full disk or a loss of power leaves
/// either the whole new file or what was there before.
/// </summary>
public static partial class DurableFile
{
    /// <summary>What a file is called until it is whole.</summary>
    public const string PartialSuffix = ".part";

    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <param name="path">The file. Beside it, with <see cref="PartialSuffix"/>, is where it is written; one writer at a time.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; what was there is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string partial = path + PartialSuffix;
        try
        {
            WriteWhole(partial, write);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            RemoveQuietly(partial);
            throw;
        }
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes files that belong together and are not there yet: all of them appear, or none, but for a kill between two renames.</summary>
    /// <param name="files">Each file, and what writes its content. Beside each, with <see cref="PartialSuffix"/>, is where it is written.</param>
    /// <exception cref="IOException">One cannot be written, or is there already, which is then as it was; none has appeared.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written to; none has appeared.</exception>
    public static void Create(params IReadOnlyList<(string Path, Action<Stream> Write)> files)
    {
        var made = new List<string>();
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                made.Add(path + PartialSuffix);
                WriteWhole(path + PartialSuffix, write);
            }
            foreach ((string path, _) in files)
            {
                File.Move(path + PartialSuffix, path, overwrite: false);
                made.Add(path);
            }
        }
        catch
        {
            made.ForEach(RemoveQuietly);
            throw;
        }
        foreach (string folder in files.Select(f => Path.GetDirectoryName(Path.GetFullPath(f.Path))!).Distinct(StringComparer.Ordinal))
        {
            FlushFolder(folder);
        }
    }

    private static void WriteWhole(string path, Action<Stream> write)
    {
        using FileStream stream = File.Create(path);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What kept it from being written is the error to tell, not what keeps it from being removed.
        }
    }

    /// <summary>
    /// Makes a rename last: POSIX promises that only once the folder itself is flushed. The base library opens no folders.
    /// Elsewhere, and on file systems that refuse it, the rename is as lasting as the system makes it.
    /// </summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        int descriptor = Open(folder, flags: 0);
        if (descriptor >= 0)
        {
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
