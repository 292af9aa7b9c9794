using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Reports;

/// <summary>Bytes of code and constants of the part that runs on the chip, by object file.</summary>
internal static class CodeSize
{
    public static IReadOnlyList<(string File, long Bytes)> Of(Firmware firmware) =>
    [
        .. firmware.Sections
            .GroupBy(s => s.File)
            .Select(g => (File: g.Key, Bytes: g.Sum(s => s.Bytes)))
            .OrderBy(s => s.File, StringComparer.Ordinal),
    ];
}
