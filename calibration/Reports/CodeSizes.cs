using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Reports;

/// <summary>The program's size as it is compiled for one number of lanes or for all.</summary>
/// <param name="sources">The folder <c>calibration</c> of the repository.</param>
internal sealed class CodeSizes(string sources)
{
    private static readonly (string Name, string[] Defines)[] _programs =
    [
        ("any lanes", []),
        .. new[] { 1, 4, 8, 16 }.Select(lanes => ($"{lanes} lane{(lanes == 1 ? "" : "s")}", (string[])[$"LANES={lanes}"])),
        ("only trains by DEEP R, 1 lane", ["LANES=1", "ONLY_DEEP_R"]),
    ];

    /// <summary>A heading, a rule under it, a row for each file, and the sums by level of optimisation.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows()
    {
        yield return ["file", .. _programs.Select(p => p.Name)];
        yield return ["---", .. _programs.Select(_ => "---:")];
        IReadOnlyDictionary<string, long>[] sizes = OfAll(Build.Default.Optimisation);
        foreach (string file in sizes[0].Keys.Order(StringComparer.Ordinal))
        {
            yield return [file, .. sizes.Select(s => SummaryTable.Number(s.GetValueOrDefault(file)))];
        }
        yield return Sum(Build.Default.Optimisation, sizes);
        foreach (string level in Build.OtherLevels)
        {
            yield return Sum(level, OfAll(level));
        }
    }

    private static IReadOnlyList<string> Sum(string level, IEnumerable<IReadOnlyDictionary<string, long>> sizes) =>
        [$"all, -{level}", .. sizes.Select(s => SummaryTable.Number(s.Values.Sum()))];

    /// <summary>The bytes of a program that trains and evaluates, by object file.</summary>
    /// <param name="level">The compiler's level.</param>
    /// <param name="defines">What else is defined, such as <c>LANES=4</c>.</param>
    public IReadOnlyDictionary<string, long> Of(string level, params IEnumerable<string> defines)
    {
        using var folder = new TemporaryFolder();
        Firmware firmware = new Build(level, ["ONLY_TRAINING", .. defines]) { KeepsUnused = false }.Compile(sources, folder);
        return firmware.Sections.GroupBy(s => s.File).ToDictionary(f => f.Key, f => f.Sum(s => (long)s.Bytes));
    }

    private IReadOnlyDictionary<string, long>[] OfAll(string level) => [.. _programs.Select(p => Of(level, p.Defines))];
}
