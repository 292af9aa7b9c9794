using Microsoft.Extensions.Configuration;
using NeuroHal.Results;

namespace NeuroHal.Cli.Settings;

/// <summary>What is configured of one backend, which knows its settings itself.</summary>
internal static class GivenSettings
{
    /// <summary>The key of one of a backend's settings.</summary>
    public static string Key(string backend, string name) => $"backends:{backend}:{name}";

    /// <summary>A backend's settings that are given, by their keys below <c>backends:ID</c>, in order.</summary>
    public static IReadOnlyDictionary<string, string> Given(IConfiguration configuration, string backend) => configuration
        .GetSection($"backends:{backend}").AsEnumerable(makePathsRelative: true)
        .Where(s => s.Value is not null && s.Key.Length > 0)
        .OrderBy(s => s.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(s => s.Key, s => s.Value!, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a device was set to: what was asked for, and where nothing was, what the device does by itself.</summary>
    public static DeviceSettings Of(DeviceInfo device, DeviceRequest request, IConfiguration configuration) => new()
    {
        Level = request.Level ?? (device.Levels is [.., var fastest] ? fastest.Name : null),
        Policy = request.Policy ?? (device.Policies is [var own, ..] ? own : null),
        Backend = Given(configuration, device.Backend),
    };
}
