using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.TestPlugins;

/// <summary>A plugin whose folder is built anew while it is being loaded; it plays the build itself.</summary>
public sealed class Entry : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        string folder = Path.GetDirectoryName(typeof(Entry).Assembly.Location)!;
        File.WriteAllText(Path.Combine(folder, "Dependency.dll"), "of the next build");
    }
}
