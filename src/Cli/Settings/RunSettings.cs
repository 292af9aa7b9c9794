using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Inference;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Cli.Settings;

/// <summary>Everything a run needs to know.</summary>
internal sealed record RunSettings
{
    /// <summary>The backend where none is named.</summary>
    public const string DefaultBackend = "SpiNNaker2Emu";

    public required IConfiguration Configuration { get; init; }

    public required string Backend { get; init; }

    public required string Preset { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>The network to begin with; null where one is drawn.</summary>
    public required NetworkSnapshot? Initial { get; init; }

    public required DeviceRequest Device { get; init; }

    public required DatasetSettings Dataset { get; init; }

    public required string? Output { get; init; }

    /// <summary>Whether to show where training's time and energy went.</summary>
    public required bool Profile { get; init; }

    /// <summary>Where to write a timeline of the first training samples; null for none.</summary>
    public required string? Trace { get; init; }

    /// <summary>Whether and where to record what the device does.</summary>
    public required RecordSettings Record { get; init; }

    /// <summary>Whether, where and how often to save the run.</summary>
    public required CheckpointSettings Checkpoints { get; init; }

    /// <summary>Takes the preset and whatever configuration overrides of it.</summary>
    /// <exception cref="BadArgumentException">A setting is not legal.</exception>
    public static RunSettings Read(IConfiguration configuration)
    {
        var read = new SettingReader(configuration);
        string preset = read.Text(ConfigurationKeys.Preset) ?? "paper";
        NetworkSnapshot? initial = read.Text(ConfigurationKeys.Initial) is { } from ? NetworkSource.Read(from).Network : null;
        TrainingOptions training = ReadTraining(read, Suited(Presets.Get(preset), initial));
        RequireConnectivity(training, preset, read);
        training.Validate();
        return new RunSettings
        {
            Configuration = configuration,
            Backend = read.Text(ConfigurationKeys.Backend) ?? DefaultBackend,
            Preset = preset,
            Training = training,
            Initial = initial,
            Device = new DeviceRequest
            {
                Cores = read.Count(ConfigurationKeys.Cores) ?? 1,
                Level = read.Text(ConfigurationKeys.Level),
                Policy = read.Text(ConfigurationKeys.Policy),
                Faults = read.Text(ConfigurationKeys.Faults),
            },
            Dataset = DatasetSettings.Read(read),
            Output = read.Text(ConfigurationKeys.Output),
            Profile = read.Flag(ConfigurationKeys.Profile),
            Trace = read.Text(ConfigurationKeys.Trace),
            Record = RecordSettings.Read(read),
            Checkpoints = CheckpointSettings.Read(read),
        };
    }

    /// <summary>A preset for another network than its own has that one's layers, and as many connections.</summary>
    private static TrainingOptions Suited(TrainingOptions preset, NetworkSnapshot? initial) =>
        initial is null || initial.Sizes.SequenceEqual(preset.Layers)
            ? preset
            : preset with { Layers = initial.Sizes, Connectivity = initial.Connectivity };

    /// <exception cref="BadArgumentException">Layers are given to which the preset's own connectivity does not go.</exception>
    private static void RequireConnectivity(TrainingOptions training, string preset, SettingReader read)
    {
        int pairs = training.Layers.Count - 1;
        if (training.Connectivity.Count != pairs && pairs >= 1 && !read.IsGiven(ConfigurationKeys.Connectivity))
        {
            throw new BadArgumentException(
                $"{ConfigurationKeys.Layers} is {string.Join('-', training.Layers)}, with {pairs} layer(s) of connections, but the preset {preset} has {ConfigurationKeys.Connectivity} "
                + $"{string.Join(',', training.Connectivity)}, for {training.Connectivity.Count}; give {(pairs == 1 ? "1 number" : $"{pairs} numbers")} with --connectivity.");
        }
    }

    private static TrainingOptions ReadTraining(SettingReader read, TrainingOptions preset) => preset with
    {
        Layers = read.Numbers(ConfigurationKeys.Layers, '-', preset.Layers),
        Connectivity = read.Numbers(ConfigurationKeys.Connectivity, ',', preset.Connectivity),
        Epochs = read.Count(ConfigurationKeys.Epochs) ?? preset.Epochs,
        Minibatch = read.Count(ConfigurationKeys.Minibatch) ?? preset.Minibatch,
        Lanes = read.Number<int>(ConfigurationKeys.Lanes) ?? preset.Lanes,
        LearningRate = read.Number(ConfigurationKeys.LearningRate, preset.LearningRate),
        Schedule = read.Choice(ConfigurationKeys.Schedule, preset.Schedule),
        Momentum = read.Number(ConfigurationKeys.Momentum, preset.Momentum),
        L1 = read.Number(ConfigurationKeys.L1, preset.L1),
        Noise = read.Number(ConfigurationKeys.Noise, preset.Noise),
        InitialScale = read.Number(ConfigurationKeys.InitialScale, preset.InitialScale),
        Shift = read.Number(ConfigurationKeys.Shift, preset.Shift),
        Weights = read.Choice(ConfigurationKeys.Weights, preset.Weights),
        Seed = read.Number(ConfigurationKeys.Seed, preset.Seed),
        Rewiring = Rewiring(read, preset.Rewiring),
    };

    private static RewiringOptions Rewiring(SettingReader read, RewiringOptions preset)
    {
        string? policy = read.Text(ConfigurationKeys.RewiringPolicy);
        return new RewiringOptions
        {
            Policy = policy ?? preset.Policy,
            // A preset's period is for its own policy; another one has its own habit.
            Every = read.Number<int>(ConfigurationKeys.RewiringEvery)
                ?? (policy is null || policy == preset.Policy ? preset.Every : null),
            Fraction = read.Number(ConfigurationKeys.RewiringFraction, preset.Fraction),
        };
    }
}

/// <summary>Which images to use.</summary>
internal sealed record DatasetSettings
{
    public required string Name { get; init; }

    public required string? Folder { get; init; }

    /// <summary>How many training images to use at most; null for all.</summary>
    public required int? Limit { get; init; }

    /// <summary>How many test images to use at most; null for all.</summary>
    public required int? TestLimit { get; init; }

    /// <summary>How many of the training images to hold out for validation.</summary>
    public required int Validation { get; init; }

    public required ulong Seed { get; init; }

    public static DatasetSettings Read(SettingReader read) => new()
    {
        Name = read.Text(ConfigurationKeys.DatasetName) ?? DatasetCatalog.Auto,
        Folder = read.Text(ConfigurationKeys.DatasetFolder),
        Limit = read.Count(ConfigurationKeys.DatasetLimit),
        TestLimit = read.Count(ConfigurationKeys.DatasetTestLimit),
        Validation = read.Count(ConfigurationKeys.DatasetValidation, least: 0) ?? 0,
        Seed = read.Number<ulong>(ConfigurationKeys.DatasetSeed, 1),
    };
}
