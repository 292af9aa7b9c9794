using Microsoft.Extensions.Configuration;
using NeuroHal.Hosting;

namespace NeuroHal.Fuzz.Readers;

/// <summary>The assembly of a plugin that nobody pinned: cut off, overwritten, something else.</summary>
internal sealed class AssemblyReader : FuzzedReader
{
    private const string Id = "ReferenceCpu";

    private readonly string _folder;
    private int _next;

    public AssemblyReader(string folder) => _folder = folder;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        File.ReadAllBytes(typeof(ReferenceCpu.CpuPlugin).Assembly.Location),
        File.ReadAllBytes(typeof(PluginManifest).Assembly.Location),
        "#!/bin/sh\n"u8.ToArray(),
    ];

    public override IEnumerable<string> Read(byte[] input)
    {
        // A folder of its own each time: what was loaded stays mapped, and must not change beneath.
        string plugins = Path.Combine(_folder, $"{_next++}");
        PluginFolder.Make(Path.Combine(plugins, Id), PluginFolder.Manifest(Id));
        try
        {
            File.WriteAllBytes(Path.Combine(plugins, Id, PluginFolder.Assembly), input);
            IBackend backend = new PluginCatalog(plugins, new ConfigurationBuilder().Build()).Load(Id);
            return [backend.Id];
        }
        finally
        {
            Directory.Delete(plugins, recursive: true);
        }
    }
}
