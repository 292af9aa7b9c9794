using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace NeuroHal.Hosting;

/// <summary>What a plugin is pinned by: a SHA-256 that changes with any file of its folder, private dependencies included.</summary>
public static class PluginDigest
{
    /// <summary>
    /// The SHA-256, as hex, of the list of a folder's files in ordinal order of path, each as a line of its own SHA-256, two
    /// spaces and <c>./path</c>; what <c>find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum</c> prints there.
    /// </summary>
    /// <exception cref="BadPluginException">A file cannot be read, or is none but a link.</exception>
    public static string Of(string folder)
    {
        try
        {
            var list = new StringBuilder();
            foreach (string file in Files(folder)
                .Select(f => "./" + Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal))
            {
                // A line break would make a list of one file look like that of another.
                if (file.Any(char.IsControl))
                {
                    throw new BadPluginException($"{folder}: '{file}' is no name for a file of a plugin; rename it.");
                }
                list.Append(CultureInfo.InvariantCulture, $"{OfFile(Path.Combine(folder, file))}  {file}\n");
            }
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadPluginException($"{folder}: {e.Message}", e);
        }
    }

    /// <summary>The SHA-256 of one file, as hex.</summary>
    /// <exception cref="BadPluginException">It cannot be read.</exception>
    internal static string OfFile(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadPluginException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>
    /// A folder's files. Links are refused: what one leads to can change without the folder, and one that leads back
    /// upwards would be followed for ever.
    /// </summary>
    private static FileSystemEnumerable<string> Files(string folder) => new(
        folder,
        (ref FileSystemEntry entry) => IsLink(ref entry)
            ? throw new BadPluginException($"{entry.ToFullPath()} is a link; a plugin is pinned by its files, so put the file itself there.")
            : entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
    };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
