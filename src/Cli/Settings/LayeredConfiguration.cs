using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace NeuroHal.Cli.Settings;

/// <summary>
/// Configuration from all its sources, each overriding the one before: <c>neurohal.json</c>, environment variables that
/// start with <c>NEUROHAL__</c>, options.
/// </summary>
internal static class LayeredConfiguration
{
    private const string DefaultFile = "neurohal.json";
    private const string EnvironmentPrefix = "NEUROHAL__";

    /// <summary>Builds the configuration.</summary>
    /// <param name="file">The file named by the user; null for the default one, if it is there.</param>
    /// <param name="options">Keys and values from the command line.</param>
    /// <exception cref="BadArgumentException">A file is missing or malformed, or a key does not exist.</exception>
    public static IConfiguration Build(string? file, IReadOnlyDictionary<string, string?> options)
    {
        var builder = new ConfigurationBuilder();
        string path = Path.GetFullPath(file ?? DefaultFile);
        if (File.Exists(path))
        {
            CheckJson(path);
            // The default provider does not see files whose name begins with a dot.
            var files = new PhysicalFileProvider(Path.GetDirectoryName(path)!, ExclusionFilters.None);
            builder.AddJsonFile(files, Path.GetFileName(path), optional: false, reloadOnChange: false);
        }
        else if (file is not null)
        {
            throw new BadArgumentException($"Configuration file '{file}' is not there.");
        }
        try
        {
            RequireKeys(builder.Build(), $"{path}: ");
        }
        catch (InvalidDataException e)
        {
            throw new BadArgumentException($"{path}: {(e.InnerException ?? e).Message}", e);
        }
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        RequireKeys(environment, "Environment: ");
        foreach ((string key, string? value) in options)
        {
            RequireKey(key, value, "Option --set: ");
        }
        return builder.AddConfiguration(environment).AddInMemoryCollection(options).Build();
    }

    private static void CheckJson(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(
                stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new BadArgumentException($"{path}: line 1: a configuration is a JSON object in braces.");
            }
        }
        catch (JsonException e)
        {
            throw new BadArgumentException($"{path}: line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"{path}: {e.Message}", e);
        }
    }

    private static void RequireKeys(IConfiguration configuration, string where)
    {
        foreach ((string key, string? value) in configuration.AsEnumerable())
        {
            RequireKey(key, value, where);
        }
    }

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
                $"{where}unknown setting '{key}'; there are {string.Join(", ", ConfigurationKeys.All)}.");
        }
    }
}
