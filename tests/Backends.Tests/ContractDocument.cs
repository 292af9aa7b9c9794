namespace NeuroHal.Backends.Tests;

/// <summary>The tables of docs/contract.md.</summary>
internal static class ContractDocument
{
    /// <summary>Clauses by number, with their promises.</summary>
    public static IEnumerable<(string Number, string Title)> Clauses => Rows("clause");

    /// <summary>Faults by name, with the clauses that each breaks.</summary>
    public static IEnumerable<(string Fault, string Clauses)> Faults => Rows("fault").Select(r => (r.First.Trim('`'), r.Second));

    /// <summary>The rows of all tables whose first column is headed so.</summary>
    private static IEnumerable<(string First, string Second)> Rows(string heading)
    {
        bool inside = false;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "contract.md")))
        {
            bool isRow = line.StartsWith("| ", StringComparison.Ordinal);
            string[] cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (inside && isRow)
            {
                yield return (cells[0], cells[1]);
            }
            inside = line.StartsWith('|') && (inside || cells[0] == heading);
        }
    }
}
