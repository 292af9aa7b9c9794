using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroHal.Reference;

/// <summary>The schema of <c>neurohal.json</c> (JSON Schema 2020-12).</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions _format = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Make()
    {
        JsonObject root = Group();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "neurohal.json");
        root["properties"]!.AsObject().Add("$schema", new JsonObject { ["type"] = "string" });
        foreach (DescribedKey key in DescribedKey.All)
        {
            JsonObject at = root;
            string[] names = key.Key.Split(':');
            foreach (string name in names[..^1])
            {
                at = Below(at, name);
            }
            if (names[^1] == "...")
            {
                at["additionalProperties"] = true;
            }
            else
            {
                Add(at, names[^1], Property(key));
            }
        }
        return root.ToJsonString(_format) + "\n";
    }

    private static JsonObject Group() => new() { ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };

    /// <summary>The group of a name; <c>ID</c> stands for every name.</summary>
    private static JsonObject Below(JsonObject group, string name)
    {
        JsonObject? there = name == "ID" ? group["additionalProperties"] as JsonObject : group["properties"]![name]?.AsObject();
        if (there is null)
        {
            there = Group();
            Add(group, name, there);
        }
        return there;
    }

    private static void Add(JsonObject group, string name, JsonObject schema)
    {
        if (name == "ID")
        {
            group["additionalProperties"] = schema;
        }
        else
        {
            group["properties"]!.AsObject().Add(name, schema);
        }
    }

    private static JsonObject Property(DescribedKey key)
    {
        var schema = new JsonObject { ["description"] = key.Meaning.Replace("`", "", StringComparison.Ordinal) };
        if (key.Type.StartsWith("array of ", StringComparison.Ordinal))
        {
            schema["type"] = "array";
            schema["items"] = new JsonObject { ["type"] = key.Type["array of ".Length..] };
        }
        else
        {
            schema["type"] = key.Type;
        }
        if (key.Choices is { } choices)
        {
            schema["enum"] = new JsonArray([.. choices.Select(c => JsonValue.Create(c))]);
        }
        return schema;
    }
}
