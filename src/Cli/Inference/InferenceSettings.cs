using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Inference;
using NeuroHal.Results;

namespace NeuroHal.Cli.Inference;

/// <summary>What a trained network is put on, and tested with. What is not said is as the network's run had it.</summary>
internal sealed record InferenceSettings
{
    /// <summary>What is configured, and below it what the network's run had its device set to.</summary>
    public required IConfiguration Configuration { get; init; }

    public required string Backend { get; init; }

    public required DeviceRequest Device { get; init; }

    public required DatasetSettings Dataset { get; init; }

    public required InferenceOptions Options { get; init; }

    /// <summary>Reads what is configured.</summary>
    /// <param name="given">The configuration.</param>
    /// <param name="run">The network's run; null where it is not known.</param>
    /// <param name="terminal">Told what is taken from the run.</param>
    /// <exception cref="BadArgumentException">A setting is not legal.</exception>
    public static InferenceSettings Read(IConfiguration given, RunRecord? run, Terminal? terminal = null)
    {
        Dictionary<string, string?> trained = AsTrained(given, run);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(trained).AddConfiguration(given).Build();
        string[] kept = [.. trained.Where(s => s.Value is not null && given[s.Key] is null).Select(s => $"{s.Key} {s.Value}")];
        if (kept.Length > 0)
        {
            terminal?.Talk($"As it was trained: {string.Join(", ", kept)}.");
        }
        var read = new SettingReader(configuration);
        DatasetSettings dataset = DatasetSettings.Read(read);
        return new InferenceSettings
        {
            Configuration = configuration,
            Backend = read.Text(ConfigurationKeys.Backend) ?? RunSettings.DefaultBackend,
            Device = new DeviceRequest
            {
                Cores = read.Count(ConfigurationKeys.Cores) ?? 1,
                Level = read.Text(ConfigurationKeys.Level),
                Policy = read.Text(ConfigurationKeys.Policy),
            },
            // Only what is tested with matters, so the training images are left as they are.
            Dataset = dataset with
            {
                Name = read.Text(ConfigurationKeys.DatasetName) ?? run?.Dataset.Name ?? DatasetCatalog.Auto,
                Limit = null,
                TestLimit = dataset.TestLimit ?? (read.Text(ConfigurationKeys.DatasetName) is { } name && name != run?.Dataset.Name ? null : run?.Dataset.Test),
                Validation = 0,
            },
            Options = new InferenceOptions
            {
                Lanes = read.Count(ConfigurationKeys.Lanes),
                MostLanes = run?.Training.Lanes ?? 1,
                Weights = read.Choice(ConfigurationKeys.Weights, run?.Training.Weights ?? WeightPlacement.Sram),
            },
        };
    }

    /// <summary>What a run had its device set to, by key. On another backend than its own nothing of it means anything but the number of cores.</summary>
    private static Dictionary<string, string?> AsTrained(IConfiguration given, RunRecord? run)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        string? backend = new SettingReader(given).Text(ConfigurationKeys.Backend);
        if (run is null)
        {
            return settings;
        }
        if (backend is null || backend.Equals(run.Backend.Id, StringComparison.OrdinalIgnoreCase))
        {
            settings[ConfigurationKeys.Backend] = run.Backend.Id;
            settings[ConfigurationKeys.Level] = run.Device?.Level;
            settings[ConfigurationKeys.Policy] = run.Device?.Policy;
            foreach ((string name, string value) in run.Device?.Backend ?? new Dictionary<string, string>())
            {
                settings[GivenSettings.Key(run.Backend.Id, name)] = value;
            }
        }
        settings[ConfigurationKeys.Cores] = run.Memory.Cores.Count.ToString(CultureInfo.InvariantCulture);
        return settings;
    }
}
