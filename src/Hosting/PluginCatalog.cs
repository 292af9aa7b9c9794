using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting;

/// <summary>
/// The backends at hand. Finding them reads manifests only; a plugin's assembly is loaded when its backend is asked for.
/// </summary>
public sealed class PluginCatalog
{
    private readonly IConfiguration _configuration;
    private readonly PluginTrust _trust;
    private readonly List<FoundPlugin> _plugins = [];
    private readonly List<PluginProblem> _problems = [];
    private readonly Dictionary<string, IBackend> _loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks through the directories that <see cref="PluginDirectory"/> finds.</summary>
    /// <param name="configuration">As of the other constructor.</param>
    /// <exception cref="BadArgumentException">There is none, or as of the other constructor.</exception>
    public PluginCatalog(IConfiguration configuration)
        : this(PluginDirectory.FindAll(configuration), configuration)
    {
    }

    /// <summary>Looks through a directory of plugin folders.</summary>
    /// <param name="directory">Each of its folders with a manifest is a plugin.</param>
    /// <param name="configuration">
    /// Gives each backend its section <c>backends:ID</c>, and says which plugins may load: <c>plugins:trust</c> is <c>any</c>
    /// (the default) or <c>pinned</c>, and <c>plugins:pins:ID</c> the <see cref="PluginDigest"/> that a plugin must have.
    /// </param>
    /// <exception cref="BadArgumentException">The configuration has settings for a backend that is not there, or <c>plugins:trust</c> is something else.</exception>
    public PluginCatalog(string directory, IConfiguration configuration)
        : this([directory], configuration)
    {
    }

    private PluginCatalog(IReadOnlyList<string> directories, IConfiguration configuration)
    {
        _configuration = configuration;
        _trust = new PluginTrust(configuration);
        Directories = directories;
        foreach (string folder in directories.SelectMany(Folders))
        {
            if (File.Exists(Path.Combine(folder, PluginManifest.FileName)))
            {
                Read(folder);
            }
        }
        RequireKnownSections();
        foreach (var same in _plugins.GroupBy(p => p.Manifest.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            string folders = string.Join(" and ", same.Select(p => p.Folder));
            _problems.Add(new PluginProblem(same.Key, $"Plugin '{same.Key}' is there twice: {folders}; remove one."));
            _plugins.RemoveAll(p => same.Contains(p));
        }
    }

    /// <summary>Where was looked.</summary>
    public IReadOnlyList<string> Directories { get; }

    /// <summary>The plugins whose manifests are good.</summary>
    public IReadOnlyList<FoundPlugin> Plugins => _plugins;

    /// <summary>The plugins that cannot be used, as far as is known yet; loading may find more.</summary>
    public IReadOnlyList<PluginProblem> Problems => _problems;

    /// <summary>Loads a backend.</summary>
    /// <param name="id">Its id; upper and lower case are the same.</param>
    /// <exception cref="BadArgumentException">There is no backend of that id; the message lists those there are.</exception>
    /// <exception cref="BadPluginException">Its plugin is broken.</exception>
    public IBackend Load(string id)
    {
        if (_loaded.TryGetValue(id, out IBackend? loaded))
        {
            return loaded;
        }
        FoundPlugin plugin = Find(id);
        _trust.Check(plugin);
        IBackend backend = BackendLoader.Load(plugin, _configuration.GetSection($"backends:{plugin.Manifest.Id}"));
        _loaded.Add(id, backend);
        return backend;
    }

    /// <summary>A plugin by its backend's id, without loading it.</summary>
    /// <param name="id">The id; upper and lower case are the same.</param>
    /// <exception cref="BadArgumentException">There is no backend of that id; the message lists those there are.</exception>
    /// <exception cref="BadPluginException">Its plugin is broken.</exception>
    public FoundPlugin Find(string id)
    {
        FoundPlugin? plugin = _plugins.Find(p => p.Manifest.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (plugin is null)
        {
            if (_problems.Find(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } problem)
            {
                throw new BadPluginException(problem.Message);
            }
            string found = _plugins.Count == 0 ? "none" : string.Join(", ", _plugins.Select(p => p.Manifest.Id));
            throw new BadArgumentException(
                $"Unknown backend '{id}'; found in {Where}: {found}.{NearestName.Question(id, _plugins.Select(p => p.Manifest.Id))}");
        }
        return plugin;
    }

    /// <summary>Loads a backend and opens a device, with the checks of <see cref="ValidatingDevice"/> in front of it.</summary>
    /// <exception cref="NotSupportedByDeviceException">Faults are asked for that the backend would not have put into the device.</exception>
    public IDevice Open(string id, DeviceRequest request)
    {
        var device = new ValidatingDevice(Load(id).Open(request));
        if (request.Faults is not null && device.Find<IFaultReport>() is null)
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw new NotSupportedByDeviceException($"{id}: faults asked for, but this backend cannot have any; SpiNNaker2Emu can.");
        }
        return device;
    }

    /// <summary>Loads every backend; those that cannot be loaded become problems.</summary>
    public IReadOnlyList<IBackend> LoadAll()
    {
        var backends = new List<IBackend>();
        foreach (FoundPlugin plugin in _plugins.ToArray())
        {
            try
            {
                backends.Add(Load(plugin.Manifest.Id));
            }
            catch (NeuroHalException e)
            {
                _problems.Add(new PluginProblem(plugin.Manifest.Id, e.Message));
            }
        }
        return backends;
    }

    private string Where => string.Join(" and ", Directories);

    private static string[] Folders(string directory)
    {
        try
        {
            return [.. System.IO.Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"The plugins' folder {directory} cannot be read: {e.Message}", e);
        }
    }

    private void Read(string folder)
    {
        string id = Path.GetFileName(folder);
        try
        {
            var plugin = new FoundPlugin(PluginManifest.Read(folder), folder);
            id = plugin.Manifest.Id;
            Check(plugin);
            _plugins.Add(plugin);
        }
        catch (BadPluginException e)
        {
            _problems.Add(new PluginProblem(PrintableLine.Of(id), e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new PluginProblem(PrintableLine.Of(id), PrintableLine.Of($"Plugin '{id}': {folder}: {e.Message}")));
        }
    }

    /// <summary>Settings for a backend that is not there are a slip of the pen.</summary>
    private void RequireKnownSections()
    {
        string[] known = [.. _plugins.Select(p => p.Manifest.Id), .. _problems.Select(p => p.Id)];
        foreach (IConfigurationSection section in _configuration.GetSection("backends").GetChildren())
        {
            if (!known.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new BadArgumentException(
                    $"backends:{section.Key}: there is no such backend; found in {Where}: {string.Join(", ", known)}.{NearestName.Question(section.Key, known)}");
            }
        }
    }

    private static void Check(FoundPlugin plugin)
    {
        PluginManifest manifest = plugin.Manifest;
        if (!ContractVersion.Supports(manifest.ContractVersion))
        {
            throw new BadPluginException(
                $"Plugin '{manifest.Id}' was built for contract {manifest.ContractVersion}, this is {ContractVersion.Current}; "
                + $"rebuild it ({plugin.Folder}).");
        }
        if (!File.Exists(plugin.EntryPath))
        {
            throw new BadPluginException($"Plugin '{manifest.Id}': its assembly {plugin.EntryPath} is missing.");
        }
        RequireInside(plugin, plugin.Folder, new DirectoryInfo(plugin.Folder).ResolveLinkTarget(returnFinalTarget: true));
        RequireInside(plugin, plugin.EntryPath, new FileInfo(plugin.EntryPath).ResolveLinkTarget(returnFinalTarget: true));
    }

    /// <summary>A link must not bring in what lies elsewhere.</summary>
    private static void RequireInside(FoundPlugin plugin, string link, FileSystemInfo? target)
    {
        string directory = Path.GetDirectoryName(plugin.Folder)!;
        if (target is not null && !target.FullName.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BadPluginException(
                $"Plugin '{plugin.Manifest.Id}': {link} is a link to {target.FullName}, outside {directory}; copy it there instead.");
        }
    }
}
