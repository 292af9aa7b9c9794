namespace NeuroHal.Cli.Reports;

/// <summary>A comparison as Markdown: a table, and its notes as a list.</summary>
internal static class ComparisonMarkdown
{
    public static IEnumerable<string> Lines(ComparisonTable table)
    {
        yield return Row("", table.Heads);
        yield return $"|---|{string.Concat(table.Heads.Select(_ => "---:|"))}";
        foreach (ComparisonRow row in table.Rows)
        {
            yield return Row(row.Name, row.Cells);
        }
        yield return "";
        foreach (string note in table.Notes)
        {
            yield return $"- {Escape(note)}";
        }
    }

    private static string Row(string name, IEnumerable<string> cells) => $"| {Escape(name)} | {string.Join(" | ", cells.Select(Escape))} |";

    // What would end a cell or begin markup: names of backends and data sets are others'.
    private static string Escape(string text) => string.Concat(text.Select(c => "\\|*_`<[".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}
