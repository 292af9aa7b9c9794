using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting;

/// <summary>Where plugins lie.</summary>
public static class PluginDirectory
{
    private const string Name = "plugins";

    /// <summary>
    /// A user's own plugins, beside those that came with the program: <c>$XDG_DATA_HOME/neurohal/plugins</c>, by default
    /// <c>~/.local/share/neurohal/plugins</c> (XDG Base Directory Specification); elsewhere in the folder for applications' data.
    /// </summary>
    public static string OfUser => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "neurohal", Name);

    /// <summary>
    /// The one directory that configuration names (<c>plugins:path</c>); else the one that <see cref="Find"/> finds, and the user's own
    /// (<see cref="OfUser"/>) where that exists.
    /// </summary>
    /// <exception cref="BadArgumentException">There is none.</exception>
    public static IReadOnlyList<string> FindAll(IConfiguration configuration)
    {
        string found = Find(configuration);
        return string.IsNullOrEmpty(configuration["plugins:path"]) && Directory.Exists(OfUser) ? [found, OfUser] : [found];
    }

    /// <summary>
    /// The directory that configuration names (<c>plugins:path</c>), else the nearest one called <c>plugins</c> at or
    /// above the program's own.
    /// </summary>
    /// <exception cref="BadArgumentException">It is not there.</exception>
    public static string Find(IConfiguration configuration)
    {
        if (configuration["plugins:path"] is { Length: > 0 } configured)
        {
            return Directory.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new BadArgumentException($"plugins:path is '{configured}', but there is no such folder.");
        }
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, Name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new BadArgumentException(
            $"No folder '{Name}' at or above {AppContext.BaseDirectory}; build the backends or set plugins:path.");
    }
}
