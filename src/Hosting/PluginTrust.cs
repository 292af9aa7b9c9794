using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting;

/// <summary>
/// Which plugins may load. <c>plugins:trust</c> is <c>any</c> (the default) or <c>pinned</c>; <c>plugins:pins:ID</c> is the
/// <see cref="PluginDigest"/> of a plugin's folder, which is checked wherever it is given. A pinned world loads nothing else.
/// </summary>
internal sealed class PluginTrust
{
    private const string Setting = "plugins:trust";
    private const string Any = "any";
    private const string Pinned = "pinned";

    private readonly IConfigurationSection _pins;
    private readonly bool _onlyPinned;

    /// <exception cref="BadArgumentException">The setting is neither.</exception>
    public PluginTrust(IConfiguration configuration)
    {
        string trust = configuration[Setting] ?? Any;
        if (trust is not (Any or Pinned))
        {
            throw new BadArgumentException($"{Setting} is '{trust}'; it can be {Any} or {Pinned}.");
        }
        _onlyPinned = trust == Pinned;
        _pins = configuration.GetSection("plugins:pins");
    }

    /// <summary>Checks a plugin's files before any of them is loaded.</summary>
    /// <exception cref="BadPluginException">It is not to be loaded.</exception>
    public void Check(FoundPlugin plugin)
    {
        string id = plugin.Manifest.Id;
        if (plugin.Manifest.Sha256 is { } expected && !Same(PluginDigest.OfFile(plugin.EntryPath), expected))
        {
            throw new BadPluginException(
                $"Plugin '{id}': {plugin.EntryPath} does not have the SHA-256 that its manifest gives ({expected}).");
        }
        string? pin = _pins[id];
        if (pin is null && _onlyPinned)
        {
            throw new BadPluginException(
                $"Plugin '{id}' has no pin and {Setting} is {Pinned}; it stays unloaded ('neurohal backends pin {id}' tells its pin).");
        }
        if (pin is not null && PluginDigest.Of(plugin.Folder) is var digest && !Same(digest, pin))
        {
            throw new BadPluginException(
                $"Plugin '{id}': the files in {plugin.Folder} are not those it was pinned by (plugins:pins:{id} is {pin}, they give {digest}).");
        }
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
