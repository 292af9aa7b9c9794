using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;
using NeuroHal.Sweeps.Specification;

namespace NeuroHal.Cli.Sweeping;

/// <summary>A specification: what runs differ in, and what they have in common.</summary>
internal sealed record SweepSettings
{
    // One file for all runs would be overwritten, or is of another verb.
    private static readonly string[] _ofOneRun = [ConfigurationKeys.Trace, ConfigurationKeys.Record, ConfigurationKeys.Resume];

    /// <summary>What it is called: its file.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of all that comes of it.</summary>
    public required string Output { get; init; }

    public required SweepSpec Spec { get; init; }

    /// <summary>What the runs have in common, by key.</summary>
    public required IReadOnlyDictionary<string, string?> Common { get; init; }

    /// <summary>Reads a specification.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">What the command line says over it.</param>
    /// <exception cref="BadArgumentException">It is not legal.</exception>
    public static SweepSettings Read(string file, IReadOnlyDictionary<string, string?> options)
    {
        SectionedConfiguration given = LayeredConfiguration.BuildWith(file, SpecReader.Section, options);
        SweepSpec spec;
        try
        {
            spec = new SpecReader(new SweepKeys()).Read(given.Section);
        }
        catch (BadArgumentException e)
        {
            throw new BadArgumentException($"{Path.GetFullPath(file)}: {e.Message}", e);
        }
        foreach (string key in spec.Keys)
        {
            if (given.Overridden.Any(k => IsOf(key, k)))
            {
                throw new BadArgumentException($"{key} is swept, and set by an option or in the environment as well; leave out one of the two.");
            }
        }
        foreach (string key in _ofOneRun)
        {
            if (given.Configuration[key] is { Length: > 0 })
            {
                throw new BadArgumentException($"{key} is set, but it is of one run, and not of a sweep; leave it out.");
            }
        }
        string output = given.Configuration[ConfigurationKeys.Output] is { Length: > 0 } named ? named : Path.GetFileNameWithoutExtension(file) + "-sweep";
        return new SweepSettings
        {
            Name = Path.GetFileName(file),
            Output = output,
            Spec = spec,
            Common = given.Configuration.AsEnumerable()
                .Where(s => s.Value is not null && !s.Key.Equals(ConfigurationKeys.Output, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(s => s.Key, s => s.Value, StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>The settings of one combination: what it says takes the place of what all have, whole arrays included.</summary>
    public IReadOnlyDictionary<string, string?> With(IReadOnlyDictionary<string, string> values)
    {
        var settings = Common.Where(s => !values.Keys.Any(k => IsOf(k, s.Key))).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in values)
        {
            settings[key] = value;
        }
        return settings;
    }

    private static bool IsOf(string key, string other) =>
        other.Equals(key, StringComparison.OrdinalIgnoreCase) || other.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase);
}
