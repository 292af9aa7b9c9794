using Microsoft.Extensions.Configuration;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Settings;

/// <summary>Values that are known only once backends are looked at; for shells to complete.</summary>
internal static class Choices
{
    /// <summary>The ids of the backends found with the settings of this folder.</summary>
    public static IEnumerable<string> Backends() =>
        new PluginCatalog(LayeredConfiguration.Build(null, new Dictionary<string, string?>())).Plugins.Select(p => p.Manifest.Id);

    /// <summary>The performance levels of the configured backend.</summary>
    public static IEnumerable<string> Levels(IConfiguration configuration) => Info(configuration).Levels.Select(l => l.Name);

    /// <summary>The power policies of the configured backend.</summary>
    public static IEnumerable<string> Policies(IConfiguration configuration) => Info(configuration).Policies;

    /// <summary>Some values, or none where they cannot be had: a line that is being written may be wrong yet.</summary>
    public static IEnumerable<string> Among(Func<IEnumerable<string>> values)
    {
        try
        {
            return [.. values()];
        }
        catch (NeuroHalException)
        {
            return [];
        }
    }

    private static DeviceInfo Info(IConfiguration configuration)
    {
        string backend = configuration[ConfigurationKeys.Backend] is { Length: > 0 } named ? named : RunSettings.DefaultBackend;
        IDevice device = new PluginCatalog(configuration).Open(backend, new DeviceRequest());
        DeviceInfo info = device.Info;
        device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return info;
    }
}
