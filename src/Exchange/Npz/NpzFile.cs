using System.IO.Compression;
using NeuroHal.Checkpoints;

namespace NeuroHal.Exchange.Npz;

/// <summary>NumPy's file of several named arrays: a ZIP archive with one <c>.npy</c> file each.</summary>
public static class NpzFile
{
    private const string Suffix = ".npy";

    // Deflate's best is 1,032 to 1; what claims more lies.
    private const long MostCompression = 1032;

    private static readonly DateTimeOffset _noDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes arrays, in their order, so that the same arrays make the same file.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays) => DurableFile.Write(path, stream => Write(stream, arrays));

    /// <summary>Writes arrays, in their order, so that the same arrays make the same bytes.</summary>
    /// <param name="stream">Where to; one that can go back, as an archive that cannot has other bytes.</param>
    /// <param name="arrays">The arrays by name.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Suffix, CompressionLevel.Optimal);
            entry.LastWriteTime = _noDate;
            using Stream content = entry.Open();
            NpyFormat.Write(content, array);
        }
    }

    /// <summary>Reads all arrays of a file.</summary>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="BadDataException">It is no such file, is damaged, or holds arrays that cannot be read here.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: It cannot be read: {e.Message}", e);
        }
        try
        {
            return Read(bytes);
        }
        catch (BadDataException e)
        {
            throw new BadDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads all arrays of a file's content.</summary>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="BadDataException">It is no such file, is damaged, or holds arrays that cannot be read here.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(ReadOnlyMemory<byte> bytes)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            // What an entry says of itself may be wrong, how long the file is cannot be; entries that share bytes would unpack to more.
            long left = (bytes.Length + 1) * MostCompression;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.Length < 0 || entry.Length > Math.Min(left, Array.MaxLength))
                {
                    throw new BadDataException($"'{PrintableLine.Of(entry.FullName)}' claims to unpack to {entry.Length} B, more than it can.");
                }
                left -= entry.Length;
                string name = entry.FullName.EndsWith(Suffix, StringComparison.Ordinal) ? entry.FullName[..^Suffix.Length] : entry.FullName;
                if (!arrays.TryAdd(name, Read(entry, name)))
                {
                    throw new BadDataException($"It holds '{PrintableLine.Of(name)}' twice.");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new BadDataException($"It is no archive of NumPy arrays, or a damaged one: {PrintableLine.Of(e.Message)}", e);
        }
        return arrays;
    }

    private static NpyArray Read(ZipArchiveEntry entry, string name)
    {
        byte[] content = new byte[entry.Length];
        using (Stream stream = entry.Open())
        {
            stream.ReadExactly(content);
            if (stream.ReadByte() >= 0)
            {
                throw new BadDataException($"'{PrintableLine.Of(name)}' is longer than it says.");
            }
        }
        try
        {
            return NpyFormat.Read(content);
        }
        catch (BadDataException e)
        {
            throw new BadDataException($"'{PrintableLine.Of(name)}': {e.Message}", e);
        }
    }
}
