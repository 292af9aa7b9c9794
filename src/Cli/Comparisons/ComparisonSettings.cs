using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Comparisons;

/// <summary>What to compare, and how to print it.</summary>
internal sealed record ComparisonSettings
{
    public required IReadOnlyList<string> Backends { get; init; }

    /// <summary>The settings of a run by each preset; at least one.</summary>
    public required IReadOnlyList<RunSettings> Presets { get; init; }

    public required ComparisonFormat Format { get; init; }

    /// <summary>The preset, where there can be but one.</summary>
    /// <exception cref="BadArgumentException">There are several.</exception>
    public RunSettings OnlyPreset => Presets.Count == 1
        ? Presets[0]
        : throw new BadArgumentException(
            $"A search for a divergence is in runs of one preset, these are {Presets.Count}: {string.Join(", ", Presets.Select(p => p.Preset))}. Say with --presets which.");

    /// <exception cref="BadArgumentException">A setting is not legal, or nothing is left to compare.</exception>
    public static ComparisonSettings Read(IConfiguration configuration, PluginCatalog plugins) => new()
    {
        Presets = Names(configuration, ConfigurationKeys.ComparedPresets, "preset") is { } presets
            ? [.. presets.Select(p => RunSettings.Read(With(configuration, p)))]
            : [RunSettings.Read(configuration)],
        Backends = Names(configuration, ConfigurationKeys.Compared, "backend") ?? All(plugins),
        Format = new SettingReader(configuration).Choice(ConfigurationKeys.ComparisonFormat, ComparisonFormat.Table),
    };

    private static IConfiguration With(IConfiguration configuration, string preset) => new ConfigurationBuilder()
        .AddConfiguration(configuration).AddInMemoryCollection([new(ConfigurationKeys.Preset, preset)]).Build();

    private static string[]? Names(IConfiguration configuration, string key, string what)
    {
        if (configuration[key] is not { } given)
        {
            return null;
        }
        string[] names = [.. given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.Length > 0 ? names : throw new BadArgumentException($"No {what} to compare; '{given}' names none.");
    }

    private static string[] All(PluginCatalog plugins)
    {
        string[] backends = [.. plugins.LoadAll().Select(b => b.Id)];
        if (plugins.Problems.Count > 0)
        {
            throw new BadArgumentException($"{plugins.Problems[0].Message} Mend it, or say with --backends which to compare.");
        }
        return backends.Length > 0 ? backends : throw new BadArgumentException($"No backend to compare; there is none in {string.Join(" and ", plugins.Directories)}.");
    }
}
