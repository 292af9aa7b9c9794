using System.Reflection;

namespace NeuroHal;

/// <summary>The version of this contract, by the rules of semantic versioning.</summary>
public static class ContractVersion
{
    /// <summary>The version of the contract that this assembly is.</summary>
    public static readonly Version Current = Version.Parse(
        typeof(ContractVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "ContractVersion").Value!);

    /// <summary>
    /// Whether a plugin built for <paramref name="built"/> works with this contract: same major version, and no newer
    /// minor version than this one.
    /// </summary>
    public static bool Supports(Version built) => built.Major == Current.Major && built.Minor <= Current.Minor;
}
