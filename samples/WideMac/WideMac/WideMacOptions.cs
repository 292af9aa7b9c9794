using Microsoft.Extensions.Configuration;
using NeuroHal;

namespace WideMac;

/// <summary>The configuration section <c>backends:WideMac</c>.</summary>
internal sealed class WideMacOptions
{
    /// <summary>A file for a table of how busy the arrays were, written when a device is closed; null for none.</summary>
    public string? Report { get; init; }

    public static WideMacOptions Read(IConfiguration section)
    {
        BackendSettings.Require<WideMacOptions>(section, "WideMac");
        return section.Get<WideMacOptions>() ?? new WideMacOptions();
    }
}
