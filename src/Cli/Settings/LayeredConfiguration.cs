using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace NeuroHal.Cli.Settings;

/// <summary>Settings, and what lies beside them in their file.</summary>
/// <param name="Configuration">The settings, from all sources.</param>
/// <param name="Section">The section that is none of them.</param>
/// <param name="Overridden">The keys that the environment or an option sets, over the file.</param>
internal sealed record SectionedConfiguration(IConfiguration Configuration, JsonElement Section, IReadOnlyList<string> Overridden);

/// <summary>
/// Configuration from all its sources, each overriding the one before: <c>neurohal.json</c>, environment variables that
/// start with <c>NEUROHAL__</c>, options.
/// </summary>
internal static class LayeredConfiguration
{
    private const string DefaultFile = "neurohal.json";
    private const string EnvironmentPrefix = "NEUROHAL__";

    // Where an editor finds what may be in the file (docs/reference/neurohal.schema.json); no setting.
    private const string SchemaKey = "$schema";

    // Some hundred settings at most; what is longer is another file.
    private const int MostBytes = 1 << 20;

    /// <summary>Builds the configuration.</summary>
    /// <param name="file">The file named by the user; null for the default one, if it is there.</param>
    /// <param name="options">Keys and values from the command line.</param>
    /// <exception cref="BadArgumentException">A file is missing or malformed, or a key does not exist.</exception>
    public static IConfiguration Build(string? file, IReadOnlyDictionary<string, string?> options)
    {
        var builder = new ConfigurationBuilder();
        if (File.Exists(file ?? DefaultFile))
        {
            builder.AddConfiguration(ReadFile(Path.GetFullPath(file ?? DefaultFile)).Settings);
        }
        else if (file is not null)
        {
            throw NotThere(file);
        }
        return Layer(builder, options).Build();
    }

    /// <summary>Builds the configuration of a file that holds, beside settings, a section of another kind.</summary>
    /// <param name="file">The file.</param>
    /// <param name="section">What the section is called.</param>
    /// <param name="options">Keys and values from the command line.</param>
    /// <exception cref="BadArgumentException">The file is missing or malformed, has no such section, or a key does not exist.</exception>
    public static SectionedConfiguration BuildWith(string file, string section, IReadOnlyDictionary<string, string?> options)
    {
        (IConfigurationRoot settings, JsonElement? found) = File.Exists(file) ? ReadFile(Path.GetFullPath(file), section) : throw NotThere(file);
        JsonElement element = found
            ?? throw new BadArgumentException($"{Path.GetFullPath(file)}: there is no section '{section}' in it.");
        IConfigurationRoot above = Layer(new ConfigurationBuilder(), options).Build();
        return new SectionedConfiguration(
            new ConfigurationBuilder().AddConfiguration(settings).AddConfiguration(above).Build(), element, [.. above.AsEnumerable().Where(s => s.Value is not null).Select(s => s.Key)]);
    }

    /// <summary>Whether an environment variable is a setting.</summary>
    public static bool IsVariable(string name) => name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings of a file and nothing else: neither the environment nor options.</summary>
    /// <exception cref="BadArgumentException">It is missing or malformed, or a key does not exist.</exception>
    public static IConfiguration OfFile(string file) => File.Exists(file) ? ReadFile(Path.GetFullPath(file)).Settings : throw NotThere(file);

    private static BadArgumentException NotThere(string file) => new($"Configuration file '{file}' is not there.");

    private static IConfigurationBuilder Layer(IConfigurationBuilder builder, IReadOnlyDictionary<string, string?> options)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        foreach ((string key, string? value) in environment.AsEnumerable())
        {
            RequireKey(key, value, "Environment: ");
        }
        foreach ((string key, string? value) in options)
        {
            RequireKey(key, value, ConfigurationKeys.IsSetting(key) ? "" : "Option --set: ");
        }
        return builder.AddConfiguration(environment).AddInMemoryCollection(options);
    }

    private static (IConfigurationRoot Settings, JsonElement? Section) ReadFile(string path, string? section = null)
    {
        try
        {
            // Read once, so that what is checked is what is used, also where it is a pipe.
            byte[] json = ReadBytes(path);
            using var reader = new StreamReader(new MemoryStream(json));
            using var document = JsonDocument.Parse(
                reader.ReadToEnd(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new BadArgumentException($"{path}: line 1: a configuration is a JSON object in braces.");
            }
            RequireKeys(document.RootElement, "", $"{path}: ", section);
            JsonElement[] found = [.. document.RootElement.EnumerateObject().Where(p => p.Name == section).Select(p => p.Value.Clone())];
            if (found.Length > 1)
            {
                throw new BadArgumentException($"{path}: '{section}' is there twice.");
            }
            byte[] settings = section is null ? json : Without(document.RootElement, section);
            return (new ConfigurationBuilder().AddJsonStream(new MemoryStream(settings)).Build(), found is [var one] ? one : null);
        }
        catch (JsonException e)
        {
            throw new BadArgumentException($"{path}: line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }
        catch (FormatException e)
        {
            // A key that is there twice, in the sense of configuration: upper and lower case are the same.
            throw new BadArgumentException($"{path}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // JSON's escapes can spell half a character.
            throw new BadArgumentException($"{path}: it holds text that is none: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"{path}: {e.Message}", e);
        }
    }

    private static byte[] Without(JsonElement document, string section)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.EnumerateObject().Where(p => p.Name != section))
            {
                property.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return json.ToArray();
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream stream = File.OpenRead(path);
        // A pipe has no length; what is longer than it says, as a device that never ends, is cut there.
        var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, MostBytes) + 1 : MostBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MostBytes
            ? bytes[..length]
            : throw new BadArgumentException($"{path}: more than {MostBytes} bytes; that is no configuration.");
    }

    /// <summary>
    /// Looks at each key once. Configuration would be asked level by level, and searches all keys for each of them: with a
    /// hundred thousand keys that takes minutes.
    /// </summary>
    private static void RequireKeys(JsonElement element, string key, string where, string? except = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject().Where(p => except is null || p.Name != except))
                {
                    RequireKeys(property.Value, Below(key, property.Name), where);
                }
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    RequireKeys(item, Below(key, $"{index++}"), where);
                }
                break;
            case JsonValueKind.String when key == SchemaKey:
                break;
            case JsonValueKind.Null:
                RequireKey(key, null, where);
                break;
            default:
                RequireKey(key, element.ToString(), where);
                break;
        }
    }

    private static string Below(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";

    private static void RequireKey(string key, string? value, string where)
    {
        if (ConfigurationKeys.IsGroup(key) && !ConfigurationKeys.IsSetting(key))
        {
            // An empty JSON object arrives as an empty value.
            if (!string.IsNullOrEmpty(value))
            {
                throw new BadArgumentException(
                    $"{where}'{key}' is '{value}', but it is a group of settings; see {string.Join(", ", ConfigurationKeys.Below(key))}.");
            }
        }
        else if (!ConfigurationKeys.IsSetting(key))
        {
            throw ConfigurationKeys.Unknown(where, key);
        }
        else if (value is "" && ConfigurationKeys.IsPath(key))
        {
            // Most likely a variable that is not set; what was to be kept would be lost.
            throw new BadArgumentException($"{where}{key} is empty; name a path, or leave it out.");
        }
    }
}
