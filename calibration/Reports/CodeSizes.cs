using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Reports;

/// <summary>The program's size as it is compiled for one number of lanes or for all.</summary>
/// <param name="sources">The folder <c>calibration</c> of the repository.</param>
internal sealed class CodeSizes(string sources)
{
    private const string OnlyTraining = "ONLY_DEEP_R";

    private static readonly (string Name, string[] Defines)[] _programs =
    [
        ("any lanes", []),
        ("1 lane", ["LANES=1"]),
        ("4", ["LANES=4"]),
        ("8", ["LANES=8"]),
        ("16", ["LANES=16"]),
        ("only trains, 1 lane", ["LANES=1", OnlyTraining]),
    ];

    /// <summary>A heading, a rule under it, a row for each file, and the sums by level of optimisation.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows()
    {
        yield return ["file", .. _programs.Select(p => p.Name)];
        yield return ["---", .. _programs.Select(_ => "---:")];
        IReadOnlyDictionary<string, long>[] sizes = Of(Build.Default.Optimisation);
        foreach (string file in sizes[0].Keys.Order(StringComparer.Ordinal))
        {
            yield return [file, .. sizes.Select(s => SummaryTable.Number(s.GetValueOrDefault(file)))];
        }
        yield return Sum(Build.Default.Optimisation, sizes);
        foreach (string level in Build.OtherLevels)
        {
            yield return Sum(level, Of(level));
        }
    }

    private static IReadOnlyList<string> Sum(string level, IEnumerable<IReadOnlyDictionary<string, long>> sizes) =>
        [$"all, -{level}", .. sizes.Select(s => SummaryTable.Number(s.Values.Sum()))];

    /// <summary>By program and file.</summary>
    private IReadOnlyDictionary<string, long>[] Of(string level) => [.. _programs.Select(p =>
    {
        using var folder = new TemporaryFolder();
        Firmware firmware = new Build(level, p.Defines) { KeepsUnused = false }.Compile(sources, folder);
        return firmware.Sections.GroupBy(s => s.File).ToDictionary(f => f.Key, f => f.Sum(s => s.Bytes));
    })];
}
