using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting;

/// <summary>Where plugins lie.</summary>
public static class PluginDirectory
{
    private const string Name = "plugins";

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
