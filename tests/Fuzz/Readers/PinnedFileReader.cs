using Microsoft.Extensions.Configuration;
using NeuroHal.Hosting;

namespace NeuroHal.Fuzz.Readers;

/// <summary>The assembly of a plugin that is pinned: what is not the very file it was pinned with never loads.</summary>
internal sealed class PinnedFileReader : FuzzedReader
{
    private readonly FoundPlugin _plugin;
    private readonly PluginTrust _trust;

    public PinnedFileReader(string folder)
    {
        string plugin = Path.Combine(folder, "Pinned");
        PluginFolder.Make(plugin, PluginFolder.Manifest("Pinned"));
        _plugin = new FoundPlugin(PluginManifest.Read(plugin), plugin);
        File.WriteAllBytes(_plugin.EntryPath, Seeds[0]);
        _trust = new PluginTrust(new ConfigurationBuilder().AddInMemoryCollection(
            [new("plugins:trust", "pinned"), new("plugins:pins:Pinned", PluginDigest.Of(plugin))]).Build());
    }

    public override IReadOnlyList<byte[]> Seeds { get; } = [File.ReadAllBytes(typeof(ReferenceCpu.CpuPlugin).Assembly.Location)];

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_plugin.EntryPath, input);
        _trust.Check(_plugin);
        return input.AsSpan().SequenceEqual(Seeds[0])
            ? [_plugin.Folder]
            : throw new InvalidOperationException("A plugin passed that is not the one that was pinned.");
    }
}
