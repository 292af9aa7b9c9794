using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Tests;

/// <summary>What tests need that compile the firmware.</summary>
internal static class FirmwareSources
{
    /// <summary>The folder of the repository that it is in.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "calibration");

    /// <summary>Skips a test where a tool is missing.</summary>
    public static void RequireTools() => Assert.SkipWhen(
        Tool.MissingPackages.Count > 0, $"needs Debian's package(s) {string.Join(", ", Tool.MissingPackages)}.");

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "NeuroHAL.sln")))
        {
            at = at.Parent;
        }
        return at?.FullName ?? throw new InvalidOperationException("NeuroHAL.sln is not above the tests.");
    }
}
