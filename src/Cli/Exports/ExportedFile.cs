using NeuroHal.Checkpoints;
using NeuroHal.Cli.Reports;

namespace NeuroHal.Cli.Exports;

/// <summary>A file that is to be written.</summary>
/// <param name="Path">Where to.</param>
/// <param name="Content">What is to be in it.</param>
internal sealed record ExportedFile(string Path, byte[] Content)
{
    /// <summary>Makes sure that nothing is there yet under their names.</summary>
    /// <exception cref="BadArgumentException">There is.</exception>
    public static void RequireFree(IEnumerable<ExportedFile> files)
    {
        if (files.FirstOrDefault(f => System.IO.Path.Exists(f.Path)) is { } there)
        {
            throw new BadArgumentException($"'{there.Path}' is there already; it is kept. Name another file with --output.");
        }
    }

    /// <summary>Writes files that belong together: all of them, or none.</summary>
    /// <exception cref="BadArgumentException">They cannot be there.</exception>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Create(IReadOnlyList<ExportedFile> files)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(files[0].Path)) is { } folder && !Directory.Exists(folder))
        {
            throw new BadArgumentException($"'{files[0].Path}' cannot be written: there is no folder '{folder}'.");
        }
        try
        {
            DurableFile.Create([.. files.Select(f => (f.Path, (Action<Stream>)(stream => stream.Write(f.Content))))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WriteFault.Of($"'{files[0].Path}'", e);
        }
    }

    /// <summary>Writes a file to the standard output.</summary>
    /// <exception cref="BadArgumentException">That is a terminal.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Pipe(ExportedFile file)
    {
        if (!Console.IsOutputRedirected)
        {
            throw new BadArgumentException("The standard output is a terminal, which cannot show such a file; lead it to a program or a file.");
        }
        using Stream output = Console.OpenStandardOutput();
        output.Write(file.Content);
    }
}
