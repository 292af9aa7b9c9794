using NeuroHal.Cli.Comparisons;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>A comparison as rows of text, a column for each pair of preset and backend; writers give it its shape.</summary>
internal sealed class ComparisonTable
{
    private const string None = "-";

    public ComparisonTable(Comparison comparison)
    {
        Heads = [.. comparison.Pairs.Select(p => p.Backend)];
        Rows = [.. RunFigures.Of(comparison.Runs).Select(f => new ComparisonRow(f.Name, [.. comparison.Pairs.Select(p => Cell(f, p, comparison))]))];
        Notes = [.. Remarks(comparison)];
    }

    /// <summary>The columns' heads, the one of names left out.</summary>
    public IReadOnlyList<string> Heads { get; }

    public IReadOnlyList<ComparisonRow> Rows { get; }

    /// <summary>What is to be said below the table, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    private static string Cell(RunFigure figure, ComparedRun pair, Comparison comparison)
    {
        if (pair.Result is not { } run)
        {
            return Missing(figure, pair);
        }
        double? ratio = comparison.Runs.Count > 1 && figure.Compared is { } number ? comparison.Ratio(run, number) : null;
        return ratio is { } times ? $"{figure.Of(run)} ({Figures.Times(times)})" : figure.Of(run);
    }

    private static string Missing(RunFigure figure, ComparedRun pair) => figure.Name switch
    {
        RunFigures.Preset => pair.Preset,
        RunFigures.Place => "does not fit",
        _ => None,
    };

    private static IEnumerable<string> Remarks(Comparison comparison)
    {
        foreach (ComparedRun pair in comparison.Pairs.Where(p => p.Misfit is not null))
        {
            yield return $"{pair.Name}: {pair.Misfit!.Message}";
        }
        if (comparison.Runs.Count > 1)
        {
            yield return Base(comparison);
        }
        foreach (string why in RunFigures.Notes(comparison.Runs))
        {
            yield return why;
        }
        foreach (PresetNetworks networks in comparison.Presets.Where(n => n.Backends.Count > 0))
        {
            yield return $"{networks.Preset}: " + networks.BitIdentical switch
            {
                null => $"it ran on {networks.Backends[0]} only, so there is no other network to compare its network with.",
                true => $"the trained networks of {string.Join(", ", networks.Backends)} are bit-identical.",
                false => $"the trained networks of {string.Join(", ", networks.Backends)} DIFFER.",
            };
        }
    }

    /// <summary>What figures are relative to: the first run, except where that has none.</summary>
    private static string Base(Comparison comparison)
    {
        string first = comparison.FirstWith(RunFigures.Memory)!.Name;
        string? meter = comparison.FirstWith(RunFigures.Energy)?.Name;
        string energy = meter is null || meter == first ? "" : $" Energy is relative to {meter}, because the first run has no energy figure.";
        return $"Figures with an x are relative to the first run, {first}.{energy}";
    }
}

/// <summary>A row: its name, and a cell for each column.</summary>
internal sealed record ComparisonRow(string Name, IReadOnlyList<string> Cells);
