using System.Reflection;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.Reference.Api;

namespace NeuroHal.Reference;

/// <summary>A setting with its meaning.</summary>
/// <param name="Key">Its key, groups with colons between.</param>
/// <param name="Type">JSON's type for it.</param>
/// <param name="Meaning">What it is, in Markdown.</param>
/// <param name="Choices">The values there are; null where they cannot be listed.</param>
internal sealed record DescribedKey(string Key, string Type, string Meaning, IReadOnlyList<string>? Choices = null)
{
    // Settings of training are described where training has them; these are the command line's own.
    private static readonly DescribedKey[] _others =
    [
        new(ConfigurationKeys.Backend, "string", "Where to train: a backend's id. `SpiNNaker2Emu` by default."),
        new(ConfigurationKeys.Preset, "string", "The settings of training to start from. `paper` by default.", Presets.Names),
        new(ConfigurationKeys.Initial, "string", "The network to begin with: a run's folder, or a `.npz`, `.safetensors` or `.onnx` file; one is drawn by default."),
        new(ConfigurationKeys.LivePort, "integer", "The port on which `train --live` shows the run in a browser; 0 for one that is free. Not shown by default."),
        new(ConfigurationKeys.LiveAddress, "string", "The interface that it listens on. `127.0.0.1` by default."),
        new(ConfigurationKeys.Output, "string", "New folder for the results, the networks and the checkpoints; none by default."),
        new(ConfigurationKeys.Resume, "string", "The folder of a run to go on with."),
        new(ConfigurationKeys.Profile, "boolean", "Whether to show where training's cycles, time and joules went."),
        new(ConfigurationKeys.Trace, "string", "A file for a timeline of the first training samples, for Perfetto; a picture of it goes beside."),
        new(ConfigurationKeys.CheckpointEvery, "number", "Epochs between checkpoints, such as 5 or 0.1; 0 for only when interrupted. 1 by default."),
        new(ConfigurationKeys.CheckpointFailure, "string", "What to do when a checkpoint cannot be written. `stop` by default.", ["stop", "continue"]),
        new(ConfigurationKeys.Compared, "string", "The backends that `compare` trains on, with commas between; all that are found by default."),
        new(ConfigurationKeys.ComparedPresets, "string", "The presets that `compare` trains, with commas between; that of `preset` by default."),
        new(ConfigurationKeys.ComparisonFormat, "string", "How `compare` prints. `table` by default.", ["table", "markdown", "json"]),
        new(ConfigurationKeys.FindDivergence, "boolean", "Whether `compare` looks for the first element in which two backends differ."),
        new(ConfigurationKeys.Ulps, "integer", "Units in the last place by which numbers may differ there. 0 by default."),
        new(ConfigurationKeys.Replay, "string", "A recording that `compare` runs in step with."),
        new(ConfigurationKeys.Record, "string", "A file to record into what each kernel does."),
        new(ConfigurationKeys.RecordLimit, "integer", "The most that a recording may take, in megabytes. 1,000 by default."),
        new(ConfigurationKeys.DatasetName, "string", "The data set. `auto` by default: MNIST where it is to be had, else `digits`.", ["auto", "mnist", "fashion-mnist", "kmnist", "digits"]),
        new(ConfigurationKeys.DatasetFolder, "string", "Where its files are; by default they are looked for."),
        new(ConfigurationKeys.DatasetLimit, "integer", "Use only so many training images; all by default."),
        new(ConfigurationKeys.DatasetTestLimit, "integer", "Test with only the first so many test images; all by default."),
        new(ConfigurationKeys.DatasetValidation, "integer", "Hold out the last so many training images for validation. 0 by default."),
        new(ConfigurationKeys.DatasetSeed, "integer", "Decides how the built-in digits are drawn. 1 by default."),
        new(ConfigurationKeys.Cores, "integer", "The cores to use. 1 by default."),
        new(ConfigurationKeys.Level, "string", "The performance level; the fastest by default."),
        new(ConfigurationKeys.Policy, "string", "How cores wait: the backend's default unless said.", ["race-to-idle", "per-phase", "fixed"]),
        new(ConfigurationKeys.Faults, "string", "Faults to put into the device: a plan or the file of one (docs/faults.md)."),
        new("plugins:path", "string", "The one folder to look for plugins in; by default `plugins` at or above the program, and the user's own."),
        new("plugins:trust", "string", "Which plugins may load. `any` by default.", ["any", "pinned"]),
        new("plugins:pins:ID", "string", "The digest that the plugin ID must have where only pinned ones may load."),
        new("backends:ID:...", "object", "A backend's own settings; it says which there are."),
    ];

    /// <summary>Every setting there is.</summary>
    /// <exception cref="InvalidOperationException">One has no description.</exception>
    public static IReadOnlyList<DescribedKey> All { get; } =
        [.. ConfigurationKeys.All.Select(key => _others.FirstOrDefault(o => o.Key == key) ?? OfTraining(key))];

    private static DescribedKey OfTraining(string key)
    {
        string[] names = key.Split(':');
        (Type owner, string name) = names switch
        {
            ["training", "rewiring", var last] => (typeof(RewiringOptions), last),
            ["training", var last] => (typeof(TrainingOptions), last),
            _ => throw new InvalidOperationException($"{key} has no description."),
        };
        PropertyInfo property = owner.GetProperties().SingleOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"{key} has no description.");
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string meaning = new XmlComments(owner.Assembly).Summary(property) ?? throw new InvalidOperationException($"{property.Name} has no comment.");
        meaning = meaning
            .Replace($"`{nameof(TrainingOptions)}.{nameof(TrainingOptions.Minibatch)}`", $"`{ConfigurationKeys.Minibatch}`", StringComparison.Ordinal)
            .Replace($"`{nameof(RewiringPolicies)}.{nameof(RewiringPolicies.Names)}`", string.Join(", ", RewiringPolicies.Names.Select(n => $"`{n}`")), StringComparison.Ordinal);
        return new DescribedKey(key, JsonType(type), meaning, key == ConfigurationKeys.RewiringPolicy ? RewiringPolicies.Names : type.IsEnum ? [.. Enum.GetNames(type).Select(n => n.ToLowerInvariant())] : null);
    }

    private static string JsonType(Type type) => type switch
    {
        { IsEnum: true } => "string",
        _ when type == typeof(string) => "string",
        _ when type == typeof(float) || type == typeof(double) => "number",
        _ when type == typeof(IReadOnlyList<int>) => "array of integer",
        _ when type == typeof(IReadOnlyList<double>) => "array of number",
        _ => "integer",
    };
}
