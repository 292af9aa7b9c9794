using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>Something that a run's figures depend on, in words.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it was.</param>
internal readonly record struct Condition(string Name, string Value);

/// <summary>All that a run's figures depend on, but for its backend.</summary>
internal static class Conditions
{
    /// <summary>What is said of a setting that was left to whoever knows it.</summary>
    public const string Default = "default";

    private const int DigestShown = 9;

    // As they are set, without what follows from them.
    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What it learnt from, and began with.</summary>
    public static IEnumerable<Condition> OfData(RunRecord run) =>
    [
        new("data", $"{run.Dataset.Name} (SHA-256 {Words.Cut(run.Dataset.Sha256, DigestShown)})"),
        new("training images", Words.Whole(run.Dataset.Train)),
        new("validation images", Words.Whole(run.Dataset.Validation)),
        new("test images", Words.Whole(run.Dataset.Test)),
        new("initial network", run.Initial is { } initial ? $"given (SHA-256 {Words.Cut(initial.Sha256, DigestShown)})" : "drawn"),
    ];

    /// <summary>Every setting of training.</summary>
    public static IEnumerable<Condition> OfTraining(RunRecord run) => Flat("", JsonSerializer.SerializeToElement(run.Training, _format));

    /// <summary>What its device is and was set to; nothing where that was not recorded.</summary>
    public static IEnumerable<Condition> OfDevice(RunRecord run) => run.Device is not { } device ? [] :
    [
        new("level", device.Level ?? Default),
        new("policy", device.Policy ?? Default),
        new("device profile", run.Backend.Profile),
        // A profile that is named needs no second name.
        .. device.Backend.Where(s => s.Value != run.Backend.Profile).Select(s => new Condition($"backends:{run.Backend.Id}:{s.Key}", s.Value)),
        new("faults", run.Faults?.Plan ?? "none"),
    ];

    private static IEnumerable<Condition> Flat(string above, JsonElement settings) => settings.EnumerateObject().SelectMany(setting =>
    {
        string name = $"{above}{InWords(setting.Name)}";
        return setting.Value.ValueKind == JsonValueKind.Object ? Flat($"{name} ", setting.Value) : [new Condition(name, Value(setting))];
    });

    private static string Value(JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.Null => Default,
        JsonValueKind.Array => string.Join(setting.NameEquals("layers") ? '-' : ',', setting.Value.EnumerateArray()), // as options have them
        _ => setting.Value.ToString(),
    };

    /// <summary>A name as in a result, such as <c>learningRate</c>, in words.</summary>
    private static string InWords(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
