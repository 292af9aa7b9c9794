using System.Text.Json;

namespace NeuroHal.Cli.Settings;

/// <summary>A setting and what the schema of <c>neurohal.json</c> says of it.</summary>
/// <param name="Key">Its key, groups with colons between.</param>
/// <param name="Type">JSON's type for it.</param>
/// <param name="Values">The values there are; null where they cannot be listed.</param>
/// <param name="Meaning">What it is, and its default.</param>
internal sealed record DescribedSetting(string Key, string Type, IReadOnlyList<string>? Values, string Meaning)
{
    // What others name stands for itself: a backend's settings, a plugin's pin.
    private const string Named = ":ID";

    private const string Resource = "neurohal.schema.json";

    private static readonly Lazy<IReadOnlyList<DescribedSetting>> _all = new(() =>
    {
        using Stream schema = typeof(DescribedSetting).Assembly.GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(schema);
        return [.. Below("", document.RootElement)];
    });

    /// <summary>Every setting there is, in order.</summary>
    public static IReadOnlyList<DescribedSetting> All => _all.Value;

    /// <summary>Whether its key begins so, or is one of those that do.</summary>
    public bool BeginsWith(string prefix) => Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || (Key.IndexOf(Named, StringComparison.Ordinal) is >= 0 and var open && prefix.StartsWith(Key[..(open + 1)], StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<DescribedSetting> Below(string group, JsonElement schema)
    {
        foreach (JsonProperty property in schema.GetProperty("properties").EnumerateObject().Where(p => !p.Name.StartsWith('$')))
        {
            string key = group + property.Name;
            IEnumerable<DescribedSetting> found = property.Value.TryGetProperty("properties", out _)
                ? Below($"{key}:", property.Value)
                : [Of(key, property.Value)];
            foreach (DescribedSetting setting in found)
            {
                yield return setting;
            }
        }
        // A group whose members have names that others choose.
        if (schema.TryGetProperty("additionalProperties", out JsonElement any) && any.ValueKind == JsonValueKind.Object)
        {
            yield return any.TryGetProperty("description", out _)
                ? Of($"{group}ID", any)
                : new DescribedSetting($"{group}ID:...", "object", null, "The settings of the backend ID. A wrong one is answered with all that it has.");
        }
    }

    private static DescribedSetting Of(string key, JsonElement schema) => new(
        key,
        schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "string or array",
        schema.TryGetProperty("enum", out JsonElement values) ? [.. values.EnumerateArray().Select(v => v.ToString())] : null,
        schema.TryGetProperty("description", out JsonElement meaning) ? meaning.GetString()! : "");
}
