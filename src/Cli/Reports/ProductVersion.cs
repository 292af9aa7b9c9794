using System.Reflection;

namespace NeuroHal.Cli.Reports;

/// <summary>Which build of the program this is.</summary>
internal static class ProductVersion
{
    // The SDK writes "version+commit" where it builds from a checkout.
    private static readonly string[] _parts = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    public static string Version => _parts[0];

    public static string? Commit => _parts.Length > 1 ? _parts[1] : null;
}
