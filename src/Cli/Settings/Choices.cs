using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Settings;

/// <summary>Values that are known only once backends are looked at; for shells to complete.</summary>
internal static class Choices
{
    /// <summary>The ids of the backends found with the settings of this folder.</summary>
    public static IEnumerable<string> Backends() => Catalog(null).Plugins.Select(p => p.Manifest.Id);

    /// <summary>The performance levels of the backend that a line names.</summary>
    public static IEnumerable<string> Levels(ParseResult parsed) => Info(parsed).Levels.Select(l => l.Name);

    /// <summary>The power policies of the backend that a line names.</summary>
    public static IEnumerable<string> Policies(ParseResult parsed) => Info(parsed).Policies;

    /// <summary>Some values, or none where they cannot be had: a line that is being written may be wrong yet.</summary>
    public static IEnumerable<string> Among(Func<IEnumerable<string>> values)
    {
        try
        {
            return [.. values()];
        }
        catch (NeuroHalException)
        {
            return [];
        }
    }

    private static DeviceInfo Info(ParseResult parsed)
    {
        string? config = Written(parsed, "--config");
        string backend = Written(parsed, "--backend") ?? Configuration(config)[ConfigurationKeys.Backend] ?? RunSettings.DefaultBackend;
        IDevice device = Catalog(config).Open(backend, new DeviceRequest());
        DeviceInfo info = device.Info;
        device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return info;
    }

    private static PluginCatalog Catalog(string? config) => new(Configuration(config));

    private static IConfiguration Configuration(string? config) => LayeredConfiguration.Build(config, new Dictionary<string, string?>());

    // The line is not whole yet, so that asking for an option's value would fail.
    private static string? Written(ParseResult parsed, string option) => parsed.CommandResult.Children.OfType<OptionResult>()
        .FirstOrDefault(o => o.Option.Name == option)?.Tokens is [var first, ..] ? first.Value : null;
}
