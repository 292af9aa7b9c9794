using System.CommandLine;
using NeuroHal.Fuzz;
using Spectre.Console;

Option<long> inputs = new("--inputs") { Description = "Inputs for a reader whose share is 1", DefaultValueFactory = _ => 100_000 };
Option<ulong> seed = new("--seed") { Description = "Decides all inputs", DefaultValueFactory = _ => 1 };
Option<long> from = new("--from") { Description = "The number of the first input, to see one of them again" };
Option<string> only = new("--reader") { Description = "Only readers whose name has this in it", DefaultValueFactory = _ => "" };
var root = new RootCommand("Feeds every reader of files and settings with damaged inputs and prints what came of them.") { inputs, seed, from, only };
root.SetAction(parsed =>
{
    Table table = new Table { Border = TableBorder.Markdown }.AddColumn("reader");
    string[] columns = ["inputs", "successes", "typed errors", "anything else", "worst time", "most memory", "of an input of", "inputs/s"];
    Array.ForEach(columns, column => table.AddColumn(new TableColumn(column).RightAligned()));
    AnsiConsole.Profile.Width = 200;
    var all = new List<Figures>();
    foreach (ReaderEntry entry in ReaderTable.All.Where(e => e.Name.Contains(parsed.GetValue(only)!, StringComparison.OrdinalIgnoreCase)))
    {
        using var folder = new FuzzFolder();
        using FuzzedReader reader = entry.Open(folder.Path);
        long count = Math.Max(1, (long)(parsed.GetValue(inputs) * entry.Share));
        Figures figures = new Campaign(entry.Name, parsed.GetValue(seed)).Run(reader, parsed.GetValue(from), count);
        all.Add(figures);
        figures.Failures.ForEach(failure => Console.Error.WriteLine(failure));
        string[] row =
        [
            entry.Name, $"{figures.Inputs:N0}", $"{figures.Successes:N0}", $"{figures.TypedErrors:N0}", $"{figures.Others:N0}",
            $"{figures.Worst.TotalMilliseconds:N1} ms", $"{figures.Most.Allocated:N0} B", $"{figures.Most.Length:N0} B",
            $"{figures.Inputs / figures.Elapsed.TotalSeconds:N0}",
        ];
        table.AddRow(row);
        // As soon as it is known: a campaign may be ended before its end.
        Console.Error.WriteLine(string.Join(" | ", row));
    }
    table.AddRow(
        "all", $"{all.Sum(f => f.Inputs):N0}", $"{all.Sum(f => f.Successes):N0}", $"{all.Sum(f => f.TypedErrors):N0}", $"{all.Sum(f => f.Others):N0}",
        $"{all.Max(f => f.Worst).TotalMilliseconds:N1} ms", "", "", $"{all.Sum(f => f.Inputs) / all.Sum(f => f.Elapsed.TotalSeconds):N0}");
    AnsiConsole.Write(table);
    return all.Any(f => f.Others > 0) ? 1 : 0;
});
return root.Parse(args).Invoke();
