using NeuroHal.Cli.Comparisons;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>Prints a comparison in the format asked for.</summary>
internal static class ComparisonReport
{
    public static void Write(Comparison comparison, ComparisonFormat format, Terminal terminal)
    {
        ComparisonRecord document = comparison.ToRecord();
        terminal.Json(document);
        if (format == ComparisonFormat.Json)
        {
            Lines(ResultJson.Text(document).Split('\n'), terminal);
            return;
        }
        var table = new ComparisonTable(comparison);
        if (format == ComparisonFormat.Markdown)
        {
            Lines(ComparisonMarkdown.Lines(table), terminal);
            return;
        }
        terminal.Result(new SideBySide(table));
        Lines(table.Notes, terminal);
    }

    private static void Lines(IEnumerable<string> lines, Terminal terminal)
    {
        foreach (string line in lines)
        {
            terminal.Result(line);
        }
    }
}
