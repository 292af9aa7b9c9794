using NeuroHal.Hosting;

namespace NeuroHal.Fuzz.Readers;

/// <summary>Folders that look like plugins.</summary>
internal static class PluginFolder
{
    public const string Assembly = "entry.dll";

    public static string Manifest(string id, string? sha256 = null) =>
        $$"""{ "id": "{{id}}", "version": "0.1.0", "contractVersion": "1.0.0", "entryAssembly": "{{Assembly}}"{{(sha256 is null ? "" : $", \"sha256\": \"{sha256}\"")}} }""";

    /// <summary>One whose assembly is none; it is to be found, not to be loaded.</summary>
    public static void Make(string folder, string manifest)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, PluginManifest.FileName), manifest);
        File.WriteAllText(Path.Combine(folder, Assembly), "");
    }
}
