namespace NeuroHal.Datasets.Sources;

/// <summary>What finding data sets needs to know of the world around; given, so that tests need not touch it.</summary>
public sealed record DatasetEnvironment
{
    /// <summary>A folder the user named for this run; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder in <c>NEUROHAL_DATA</c>; null for none.</summary>
    public string? DataVariable { get; init; }

    /// <summary>Where downloads are kept.</summary>
    public required string Cache { get; init; }

    /// <summary>Folders where a system package may have put a set.</summary>
    public IReadOnlyList<string> SystemFolders { get; init; } = [];

    /// <summary>How to reach the net; null to stay offline.</summary>
    public HttpMessageHandler? Network { get; init; }

    /// <summary>How long to wait for a mirror to answer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a mirror that has answered may send nothing.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The process's own: <c>NEUROHAL_DATA</c>; <c>$XDG_CACHE_HOME/neurohal</c>, by default <c>~/.cache/neurohal</c>
    /// (XDG Base Directory Specification); Debian's <c>/usr/share/datasets</c>.
    /// </summary>
    public static DatasetEnvironment OfProcess(string? folder = null)
    {
        string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string cache = Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        string? data = Environment.GetEnvironmentVariable("NEUROHAL_DATA");
        return new DatasetEnvironment
        {
            Folder = folder,
            DataVariable = string.IsNullOrEmpty(data) ? null : data,
            Cache = Path.Combine(cache, "neurohal"),
            SystemFolders = ["/usr/share/datasets"],
            Network = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) },
        };
    }
}
