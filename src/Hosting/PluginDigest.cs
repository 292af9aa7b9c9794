using System.Globalization;
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
    /// <exception cref="BadPluginException">A file cannot be read.</exception>
    public static string Of(string folder)
    {
        try
        {
            var list = new StringBuilder();
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => "./" + Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal))
            {
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
    internal static string OfFile(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
