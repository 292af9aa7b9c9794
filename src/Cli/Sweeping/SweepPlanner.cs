using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Resuming;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Cli.Sweeping;

/// <summary>Makes runs of combinations: checks each one's settings, names it, and sees whether it fits.</summary>
/// <param name="terminal">Told what is to be known of data sets.</param>
internal sealed class SweepPlanner(Terminal terminal)
{
    private static readonly string[] _seeds = [ConfigurationKeys.Seed, ConfigurationKeys.DatasetSeed];

    private readonly Dictionary<DatasetSettings, (string Name, int Train)> _data = [];
    private readonly Dictionary<string, PluginCatalog> _plugins = [];
    private readonly Dictionary<string, string?> _fits = [];

    /// <summary>Plans a sweep.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="checkFit">Whether to look what fits its device.</param>
    /// <param name="cancellation">Ends a download of data.</param>
    /// <exception cref="NeuroHalException">A combination is not legal, a plugin or data are not to be had.</exception>
    public async Task<SweepPlan> PlanAsync(SweepSettings sweep, bool checkFit, CancellationToken cancellation)
    {
        var runs = new Dictionary<string, PlannedRun>();
        int combinations = 0;
        foreach (IReadOnlyDictionary<string, string> values in sweep.Spec.Combinations())
        {
            combinations++;
            PlannedRun run;
            try
            {
                run = await PlanAsync(sweep, values, runs.Count + 1, checkFit, cancellation);
            }
            catch (NeuroHalException e) when (e is BadArgumentException or NotSupportedByDeviceException)
            {
                throw new BadArgumentException($"{sweep.Name}: with {string.Join(", ", values.Select(v => $"{v.Key}={v.Value}"))}: {e.Message}", e);
            }
            runs.TryAdd(run.Id, run);
        }
        return new SweepPlan(sweep.Spec.Keys, [.. runs.Values], combinations - runs.Count);
    }

    private async Task<PlannedRun> PlanAsync(
        SweepSettings sweep, IReadOnlyDictionary<string, string> values, int number, bool checkFit, CancellationToken cancellation)
    {
        Dictionary<string, string?> given = sweep.With(values).ToDictionary(StringComparer.OrdinalIgnoreCase);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        RunSettings settings = RunSettings.Read(configuration);
        (string dataset, int train) = await DataAsync(settings.Dataset, cancellation);
        given[ConfigurationKeys.DatasetName] = dataset; // what 'auto' means here must not be decided anew on each node
        PluginCatalog plugins = Plugins(configuration);
        plugins.Load(settings.Backend);
        string backend = plugins.Find(settings.Backend).Manifest.Id;
        KeyValuePair<string, string>[] effective = [.. Effective(settings, backend, dataset, train)];
        return new PlannedRun
        {
            Number = number,
            Id = RunId.Of(effective),
            Values = values,
            Settings = given.ToDictionary(s => s.Key, s => s.Value!),
            Backend = backend,
            SamplesPerEpoch = train,
            Epochs = settings.Training.Epochs,
            Connections = settings.Training.Budget,
            DoesNotFit = checkFit ? await FitAsync(plugins, settings, RunId.Of(effective.Where(s => !_seeds.Contains(s.Key)))) : null,
        };
    }

    /// <summary>All that a run's result depends on.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Effective(RunSettings settings, string backend, string dataset, int train) =>
    [
        new(ConfigurationKeys.Backend, backend),
        new(ConfigurationKeys.DatasetName, dataset),
        new(ConfigurationKeys.DatasetSeed, $"{settings.Dataset.Seed}"),
        new(ConfigurationKeys.DatasetLimit, $"{train}"),
        new(ConfigurationKeys.DatasetValidation, $"{settings.Dataset.Validation}"),
        new(ConfigurationKeys.Cores, $"{settings.Device.Cores}"),
        new(ConfigurationKeys.Faults, settings.Device.Faults ?? ""),
        .. SettingsIdentity.OfTest(settings),
        .. SettingsIdentity.OfTraining(settings),
        .. SettingsIdentity.OfDevice(settings),
    ];

    private async Task<(string Name, int Train)> DataAsync(DatasetSettings settings, CancellationToken cancellation)
    {
        if (!_data.TryGetValue(settings, out (string, int) known))
        {
            LoadedDataset data = await LoadedDataset.LoadAsync(settings, terminal, cancellation);
            _data[settings] = known = (data.Name, data.Train.Count);
        }
        return known;
    }

    /// <summary>A catalog for settings of backends and plugins; loading one takes time and memory for good.</summary>
    private PluginCatalog Plugins(IConfiguration configuration)
    {
        string key = string.Join('\n', configuration.AsEnumerable()
            .Where(s => s.Value is not null && (s.Key.StartsWith("backends:", StringComparison.OrdinalIgnoreCase) || s.Key.StartsWith("plugins:", StringComparison.OrdinalIgnoreCase)))
            .Select(s => $"{s.Key}={s.Value}").Order(StringComparer.OrdinalIgnoreCase));
        if (!_plugins.TryGetValue(key, out PluginCatalog? plugins))
        {
            _plugins[key] = plugins = new PluginCatalog(configuration);
        }
        return plugins;
    }

    private async Task<string?> FitAsync(PluginCatalog plugins, RunSettings settings, string alike)
    {
        if (!_fits.TryGetValue(alike, out string? why))
        {
            IDevice device = plugins.Open(settings.Backend, settings.Device);
            await using (device)
            {
                MemoryPlan plan = MemoryPlan.Make(settings.Training, device.Info, settings.Initial);
                why = plan.Fits ? null : new PlanDoesNotFitException(plan, PlanChange.Nearest(settings.Training, device.Info, settings.Initial)).Message;
            }
            _fits[alike] = why;
        }
        return why;
    }
}
