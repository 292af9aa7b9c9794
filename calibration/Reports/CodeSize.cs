using System.Globalization;
using System.Text.RegularExpressions;
using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Reports;

/// <summary>Bytes of code and constants of the part that runs on the chip, by object file, from the linker's map.</summary>
internal static partial class CodeSize
{
    public static IReadOnlyList<(string File, long Bytes)> Of(Firmware firmware) =>
    [
        .. Section().Matches(File.ReadAllText(firmware.Map))
            .Select(m => (Address: Hex(m.Groups[1].Value), Bytes: Hex(m.Groups[2].Value), File: Path.GetFileName(m.Groups[3].Value)))
            .Where(s => s.Bytes > 0 && s.Address >= firmware.Start && s.Address < firmware.End)
            .GroupBy(s => s.File)
            .Select(g => (File: g.Key, Bytes: g.Sum(s => s.Bytes)))
            .OrderBy(s => s.File, StringComparer.Ordinal),
    ];

    private static long Hex(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // " .text.relu     0x00000008       0x1e /tmp/dense_relu.o", with a line's end behind a long name.
    [GeneratedRegex(@"^ \.(?:text|rodata)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
