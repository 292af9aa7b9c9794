using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace NeuroHal.Hosting.Tests;

/// <summary>A directory of plugins for one test.</summary>
internal sealed class PluginFolder : IDisposable
{
    private static readonly ILookup<string, string?> _build = typeof(PluginFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value);

    public string Path { get; } = Directory.CreateTempSubdirectory("neurohal-test-").FullName;

    /// <summary>Copies a built plugin in, with a manifest of its own if one is given.</summary>
    public PluginFolder With(string project, string? folder = null, string? manifest = null)
    {
        string source = System.IO.Path.Combine(_build["Binaries"].Single()!, project, _build["Configuration"].Single()!);
        string target = Directory.CreateDirectory(System.IO.Path.Combine(Path, folder ?? project)).FullName;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = System.IO.Path.Combine(target, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return manifest is null ? this : WithFile(folder ?? project, PluginManifest.FileName, manifest);
    }

    public PluginFolder WithFile(string folder, string name, string content)
    {
        string target = Directory.CreateDirectory(System.IO.Path.Combine(Path, folder)).FullName;
        File.WriteAllText(System.IO.Path.Combine(target, name), content);
        return this;
    }

    public PluginCatalog Catalog(params (string Key, string? Value)[] settings) => new(Path, new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build());

    public static string Manifest(string id, string assembly, string contract = "1.0.0", string? sha256 = null) =>
        $$"""{ "id": "{{id}}", "version": "0.1.0", "contractVersion": "{{contract}}", "entryAssembly": "{{assembly}}"{{(sha256 is null ? "" : $", \"sha256\": \"{sha256}\"")}} }""";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
