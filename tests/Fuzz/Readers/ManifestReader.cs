using System.Text;
using Microsoft.Extensions.Configuration;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.Hosting;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A plugin's manifest, beside one that is good.</summary>
internal sealed class ManifestReader : FuzzedReader
{
    private readonly string _folder;
    private readonly string _file;

    // Nothing is to be loaded: what is found, and found good, ends at the question whether it is pinned.
    private readonly IConfiguration _configuration =
        new ConfigurationBuilder().AddInMemoryCollection([new("plugins:trust", "pinned")]).Build();

    public ManifestReader(string folder)
    {
        _folder = folder;
        PluginFolder.Make(Path.Combine(folder, "good"), PluginFolder.Manifest("Good"));
        PluginFolder.Make(Path.Combine(folder, "damaged"), "");
        _file = Path.Combine(folder, "damaged", PluginManifest.FileName);
    }

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes(PluginFolder.Manifest("Damaged")),
        Encoding.UTF8.GetBytes(PluginFolder.Manifest("Damaged", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
    ];

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        var catalog = new PluginCatalog(_folder, _configuration);
        if (catalog.Plugins.Count + catalog.Problems.Count != 2)
        {
            throw new InvalidOperationException("A plugin is neither usable nor a problem.");
        }
        foreach (FoundPlugin plugin in catalog.Plugins)
        {
            catalog.Find(plugin.Manifest.Id);
        }
        if (catalog.Problems.Count == 0)
        {
            return [.. catalog.Plugins.Select(p => $"{p.Manifest.Id} {p.Manifest.Version} {p.EntryPath}")];
        }
        // One bad manifest is no reason for the other plugin to be gone, unless it claims to be that one.
        string damaged = catalog.Problems[0].Id;
        return catalog.Plugins.Count == 1 || catalog.Problems.All(p => p.Id.Equals("Good", StringComparison.OrdinalIgnoreCase))
            ? throw new BadPluginException(catalog.Problems[0].Message)
            : throw new InvalidOperationException($"'{damaged}' took a good plugin along.");
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);
}
