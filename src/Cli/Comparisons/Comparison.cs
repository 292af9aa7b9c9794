using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Results;

namespace NeuroHal.Cli.Comparisons;

/// <summary>What pairs of preset and backend came to, each figure held against that of the first run that has it.</summary>
/// <param name="Pairs">All of them, those that do not fit included.</param>
internal sealed record Comparison(IReadOnlyList<ComparedRun> Pairs)
{
    public IReadOnlyList<RunResult> Runs { get; } = [.. Pairs.Select(p => p.Result).OfType<RunResult>()];

    /// <summary>Whether backends came to the same network, preset by preset.</summary>
    public IReadOnlyList<PresetNetworks> Presets { get; } =
        [.. Pairs.GroupBy(p => p.Preset).Select(g => Networks(g.Key, [.. g.Where(p => p.Result is not null)]))];

    /// <summary>Whether no two networks of the same preset differ.</summary>
    public bool IsSame => Presets.All(p => p.BitIdentical is not false);

    /// <summary>As it is written to the result's file, and for programs to read.</summary>
    public ComparisonRecord ToRecord() => ResultFile.Document("compare", Runs) with
    {
        Presets = Presets,
        Ratios = [.. Pairs.Where(p => p.Result is not null).Select(Ratios)],
        DoesNotFit = [.. Pairs.Where(p => p.Misfit is not null).Select(p => new RunThatDoesNotFit(p.Backend, p.Preset, p.Misfit!.Message))],
    };

    /// <summary>The first run that has a figure; null where none has.</summary>
    public ComparedRun? FirstWith(Func<RunResult, double?> figure) => Pairs.FirstOrDefault(p => p.Result is { } run && figure(run) > 0);

    /// <summary>A run's figure over that of the first that has it; null where it has none itself.</summary>
    public double? Ratio(RunResult run, Func<RunResult, double?> figure) => FirstWith(figure) is { } first ? figure(run) / figure(first.Result!) : null;

    private RunRatios Ratios(ComparedRun pair) => new(
        pair.Backend, pair.Preset, Ratio(pair.Result!, RunFigures.Time), Ratio(pair.Result!, RunFigures.Energy), Ratio(pair.Result!, RunFigures.Memory));

    private static PresetNetworks Networks(string preset, IReadOnlyList<ComparedRun> ran) => new(
        preset, [.. ran.Select(p => p.Backend)], ran.Count < 2 ? null : ran.Select(p => p.Result!.Network.Sha256).Distinct().Count() == 1);
}
