using NeuroHal.Cli.Settings;
using NeuroHal.Sweeps.Specification;

namespace NeuroHal.Cli.Sweeping;

/// <summary>The settings that runs of a sweep may differ in: all that decide a result.</summary>
internal sealed class SweepKeys : ISweepKeys
{
    /// <inheritdoc/>
    public string Require(string key)
    {
        const string Where = $"{SpecReader.Section}: ";
        if (!ConfigurationKeys.IsSetting(key))
        {
            throw ConfigurationKeys.IsGroup(key)
                ? new BadArgumentException($"{Where}'{key}' is a group of settings; name one, such as {ConfigurationKeys.Below(key).FirstOrDefault()}.")
                : ConfigurationKeys.Unknown(Where, key);
        }
        if (!ConfigurationKeys.IsOfTheRun(key) || key.Equals(ConfigurationKeys.DatasetFolder, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadArgumentException($"{Where}'{key}' decides no result, so runs cannot differ in it; set it for all of them, beside '{SpecReader.Section}'.");
        }
        return ConfigurationKeys.ElementOf(key) is { } list
            ? throw new BadArgumentException($"{Where}'{key}' is a part of '{list}'; name that, with whole arrays for values.")
            : ConfigurationKeys.All.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
    }

    /// <inheritdoc/>
    public char SeparatorOf(string key) => key.Equals(ConfigurationKeys.Layers, StringComparison.OrdinalIgnoreCase) ? '-' : ',';
}
