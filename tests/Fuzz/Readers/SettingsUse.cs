using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Cli.Divergences;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using NeuroHal.Hosting;
using NeuroHal.ReferenceCpu;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.Fuzz.Readers;

/// <summary>Does with a configuration what a run does before it trains.</summary>
internal sealed class SettingsUse
{
    private readonly string _plugins;
    private readonly DatasetEnvironment _data;

    public SettingsUse(string folder)
    {
        _plugins = Path.Combine(folder, "plugins");
        _data = new DatasetEnvironment { Cache = folder };
        foreach (string id in new[] { "ReferenceCpu", "SpiNNaker2Emu" })
        {
            PluginFolder.Make(Path.Combine(_plugins, id), PluginFolder.Manifest(id));
        }
    }

    public IEnumerable<string> Of(IConfiguration configuration)
    {
        RunSettings settings = RunSettings.Read(configuration);
        DivergenceSettings.Read(configuration);
        if (configuration["plugins:path"] is { Length: > 0 })
        {
            PluginDirectory.Find(configuration);
        }
        var catalog = new PluginCatalog(_plugins, configuration);
        FoundPlugin plugin = catalog.Find(settings.Backend);
        if (settings.Dataset.Name is not (DatasetCatalog.Auto or DatasetCatalog.BuiltInDigits))
        {
            new DatasetCatalog(_data with { Folder = settings.Dataset.Folder }).Locate(settings.Dataset.Name);
        }
        IBackendPlugin entry = plugin.Manifest.Id == "ReferenceCpu" ? new CpuPlugin() : new EmuPlugin();
        var services = new ServiceCollection();
        entry.Register(services, configuration.GetSection($"backends:{plugin.Manifest.Id}"));
        using ServiceProvider provider = services.BuildServiceProvider();
        IDevice device = provider.GetRequiredService<IBackend>().Open(settings.Device);
        device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return [settings.Backend, settings.Preset, device.Info.Profile, $"{settings.Training.Budget} of {settings.Training.Possible}"];
    }
}
