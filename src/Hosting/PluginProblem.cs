namespace NeuroHal.Hosting;

/// <summary>Why a plugin cannot be used. The others are not affected.</summary>
/// <param name="Id">The plugin's id, or its folder's name where no manifest could be read.</param>
/// <param name="Message">One line: what is wrong and where.</param>
public sealed record PluginProblem(string Id, string Message);

/// <summary>A plugin that was found; its assembly may not be loaded yet.</summary>
/// <param name="Manifest">What it says about itself.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record FoundPlugin(PluginManifest Manifest, string Folder)
{
    /// <summary>The full path of its assembly.</summary>
    public string EntryPath => Path.GetFullPath(Path.Combine(Folder, Manifest.EntryAssembly));
}
