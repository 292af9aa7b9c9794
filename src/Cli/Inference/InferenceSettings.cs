using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
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

    /// <summary>The samples a core works on at once; null for as many as the run had, or as many of them as fit.</summary>
    public required int? Lanes { get; init; }

    /// <summary>The most of them where none are asked for.</summary>
    public required int MostLanes { get; init; }

    public required WeightPlacement Weights { get; init; }

    /// <summary>Reads what is configured.</summary>
    /// <param name="given">The configuration.</param>
    /// <param name="run">The network's run; null where it is not known.</param>
    /// <exception cref="BadArgumentException">A setting is not legal.</exception>
    public static InferenceSettings Read(IConfiguration given, RunRecord? run)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(AsTrained(given, run)).AddConfiguration(given).Build();
        var read = new SettingReader(configuration);
        DatasetSettings dataset = DatasetSettings.Read(read);
        return new InferenceSettings
        {
            Configuration = configuration,
            Backend = read.Text(ConfigurationKeys.Backend) ?? RunSettings.DefaultBackend,
            Device = new DeviceRequest
            {
                Cores = read.Count(ConfigurationKeys.Cores) ?? run?.Memory.Cores.Count ?? 1,
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
            Lanes = read.Number<int>(ConfigurationKeys.Lanes),
            MostLanes = run?.Training.Lanes ?? 1,
            Weights = read.Choice(ConfigurationKeys.Weights, run?.Training.Weights ?? WeightPlacement.Sram),
        };
    }

    /// <summary>What a run had its device set to, by key. On another backend than its own nothing of it means anything.</summary>
    private static Dictionary<string, string?> AsTrained(IConfiguration given, RunRecord? run)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        string? backend = new SettingReader(given).Text(ConfigurationKeys.Backend);
        if (run is null || (backend is not null && !backend.Equals(run.Backend.Id, StringComparison.OrdinalIgnoreCase)))
        {
            return settings;
        }
        settings[ConfigurationKeys.Backend] = run.Backend.Id;
        settings[ConfigurationKeys.Level] = run.Device?.Level;
        settings[ConfigurationKeys.Policy] = run.Device?.Policy;
        foreach ((string name, string value) in run.Device?.Backend ?? new Dictionary<string, string>())
        {
            settings[BackendSettings.Key(run.Backend.Id, name)] = value;
        }
        return settings;
    }

    /// <summary>Settings of a network that is used as it is: room for its own connections, and for nothing that only training takes.</summary>
    public TrainingOptions Options(NetworkSnapshot network) => Presets.Paper with
    {
        Layers = network.Sizes,
        Connectivity = network.Connectivity,
        Lanes = Lanes,
        Minibatch = Lanes ?? MostLanes,
        Momentum = 0,
        Shift = 0,
        Weights = Weights,
    };
}
