using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace NeuroHal.Cli.Settings;

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
            builder.AddConfiguration(ReadFile(Path.GetFullPath(file ?? DefaultFile)));
        }
        else if (file is not null)
        {
            throw new BadArgumentException($"Configuration file '{file}' is not there.");
        }
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        foreach ((string key, string? value) in environment.AsEnumerable())
        {
            RequireKey(key, value, "Environment: ");
        }
        foreach ((string key, string? value) in options)
        {
            RequireKey(key, value, "Option --set: ");
        }
        return builder.AddConfiguration(environment).AddInMemoryCollection(options).Build();
    }

    private static IConfigurationRoot ReadFile(string path)
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
            RequireKeys(document.RootElement, "", $"{path}: ");
            return new ConfigurationBuilder().AddJsonStream(new MemoryStream(json)).Build();
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
    private static void RequireKeys(JsonElement element, string key, string where)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
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
            throw new BadArgumentException(
                $"{where}unknown setting '{key}'; there are {string.Join(", ", ConfigurationKeys.All)}.{NearestName.Question(key, ConfigurationKeys.All)}");
        }
    }
}
