using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;

namespace NeuroHal.Cli.Resuming;

/// <summary>The settings that a run has to go on with, by the keys under which they are given.</summary>
internal static class SettingsIdentity
{
    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Of(RunSettings settings, LoadedDataset data) =>
    [
        new(ConfigurationKeys.Preset, settings.Preset),
        new(ConfigurationKeys.DatasetName, data.Name),
        new("SHA-256 of the data set", data.Sha256),
        new(ConfigurationKeys.DatasetValidation, $"{data.Validation?.Count ?? 0}"),
        new($"{ConfigurationKeys.DatasetLimit} (training images)", $"{data.Train.Count}"),
        .. OfTest(settings),
        new(ConfigurationKeys.Cores, $"{settings.Device.Cores}"),
        .. OfTraining(settings),
        .. OfDevice(settings),
    ];

    /// <summary>Makes sure that a run goes on with what it began with.</summary>
    /// <exception cref="BadArgumentException">It would not; the message names the first setting that differs.</exception>
    public static void Require(SavedRun saved, RunSettings settings, LoadedDataset data)
    {
        bool otherDevice = !settings.Backend.Equals(saved.Backend, StringComparison.OrdinalIgnoreCase);
        // A rate that falls to the end of the run depends on where that is.
        bool mayGoOn = settings.Training.Schedule != RateSchedule.Cosine;
        Dictionary<string, string> before = new(saved.Identity), now = new(Of(settings, data));
        foreach (string name in now.Keys.Union(before.Keys))
        {
            bool free = (otherDevice && ConfigurationKeys.IsOfTheDevice(name)) || (mayGoOn && name == ConfigurationKeys.Epochs);
            if (!free && now.GetValueOrDefault(name) != before.GetValueOrDefault(name))
            {
                string why = name == ConfigurationKeys.Epochs ? " (the cosine schedule depends on it)" : "";
                throw new BadArgumentException(
                    $"{name} is {now.GetValueOrDefault(name) ?? "not set"}, but the run to resume has {before.GetValueOrDefault(name) ?? "none"}{why}; "
                    + "leave it as it was, or start a new run.");
            }
        }
        int begun = saved.Epochs.Count + (saved.Sample > 0 ? 1 : 0);
        if (settings.Training.Epochs < begun)
        {
            throw new BadArgumentException($"{ConfigurationKeys.Epochs} is {settings.Training.Epochs}, but the run to resume is at {saved.Position} already.");
        }
    }

    /// <summary>How many test images there are at most; nothing where all are used.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfTest(RunSettings settings) =>
        settings.Dataset.TestLimit is { } limit ? [new(ConfigurationKeys.DatasetTestLimit, $"{limit}")] : [];

    /// <summary>Every setting of training.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfTraining(RunSettings settings) =>
    [
        .. settings.Initial is { } initial ? new[] { new KeyValuePair<string, string>($"{ConfigurationKeys.Initial} (SHA-256 of its weights)", initial.Sha256) } : [],
        .. Flat("training", JsonSerializer.SerializeToElement(settings.Training, _format)),
    ];

    /// <summary>What the device is asked for; figures of time and energy depend on it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfDevice(RunSettings settings)
    {
        yield return new(ConfigurationKeys.Level, settings.Device.Level ?? "the backend's own");
        yield return new(ConfigurationKeys.Policy, settings.Device.Policy ?? "the backend's own");
        foreach ((string name, string value) in GivenSettings.Given(settings.Configuration, settings.Backend))
        {
            yield return new(GivenSettings.Key(settings.Backend, name), value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(string name, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().SelectMany(p => Flat($"{name}:{p.Name}", p.Value))
        : [new(name, value.GetRawText())];
}
