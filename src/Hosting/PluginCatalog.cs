using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting;

/// <summary>
/// The backends at hand. Finding them reads manifests only; a plugin's assembly is loaded when its backend is asked for.
/// </summary>
public sealed class PluginCatalog
{
    private readonly IConfiguration _configuration;
    private readonly List<FoundPlugin> _plugins = [];
    private readonly List<PluginProblem> _problems = [];
    private readonly Dictionary<string, IBackend> _loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks through a directory of plugin folders.</summary>
    /// <param name="directory">Each of its folders with a manifest is a plugin.</param>
    /// <param name="configuration">
    /// Gives each backend its section <c>backends:ID</c>. Where <c>plugins:trust</c> is present, it maps the ids that may
    /// load to the SHA-256 of their assemblies.
    /// </param>
    /// <exception cref="BadArgumentException">The configuration has settings for a backend that is not there.</exception>
    public PluginCatalog(string directory, IConfiguration configuration)
    {
        _configuration = configuration;
        Directory = directory;
        foreach (string folder in System.IO.Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(folder, PluginManifest.FileName)))
            {
                Find(folder);
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
    public string Directory { get; }

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
        FoundPlugin? plugin = _plugins.Find(p => p.Manifest.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (plugin is null)
        {
            if (_problems.Find(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } problem)
            {
                throw new BadPluginException(problem.Message);
            }
            string found = _plugins.Count == 0 ? "none" : string.Join(", ", _plugins.Select(p => p.Manifest.Id));
            throw new BadArgumentException($"Unknown backend '{id}'; found in {Directory}: {found}.");
        }
        IBackend backend = BackendLoader.Load(plugin, _configuration.GetSection($"backends:{plugin.Manifest.Id}"));
        _loaded.Add(id, backend);
        return backend;
    }

    /// <summary>Loads a backend and opens a device, with the checks of <see cref="ValidatingDevice"/> in front of it.</summary>
    public IDevice Open(string id, DeviceRequest request) => new ValidatingDevice(Load(id).Open(request));

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

    private void Find(string folder)
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
            _problems.Add(new PluginProblem(id, e.Message));
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
                    $"backends:{section.Key}: there is no such backend; found in {Directory}: {string.Join(", ", known)}.");
            }
        }
    }

    private void Check(FoundPlugin plugin)
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
        IConfigurationSection trust = _configuration.GetSection("plugins:trust");
        string? trusted = trust[manifest.Id];
        // Present but empty trusts nobody.
        bool limited = _configuration.GetSection("plugins").GetChildren().Any(c => c.Key.Equals("trust", StringComparison.OrdinalIgnoreCase));
        if (limited && trusted is null)
        {
            throw new BadPluginException($"Plugin '{manifest.Id}' is not listed in plugins:trust; it stays unloaded.");
        }
        foreach ((string? expected, string where) in new[] { (manifest.Sha256, "its manifest"), (trusted, "plugins:trust") })
        {
            if (expected is not null && !Hash(plugin.EntryPath).Equals(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new BadPluginException(
                    $"Plugin '{manifest.Id}': {plugin.EntryPath} does not have the SHA-256 that {where} gives ({expected}).");
            }
        }
    }

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
