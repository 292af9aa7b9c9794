using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

internal static class DataCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("data", "List the data sets and where they are, or fetch one");
        Option<string> folder = new("--data") { Description = "Where to look first", HelpName = "FOLDER" };
        command.Options.Add(folder);
        command.GivesJson().WithExamples(("data", "What is here, and where it was looked for."), ("data --json", "The same, for a program to read."));
        command.SetAction(parsed => List(terminal, DatasetEnvironment.OfProcess(parsed.GetValue(folder))));

        var fetch = new Command("fetch", "Download a data set into the cache and verify it");
        Argument<string> name = new("name") { Description = "mnist, fashion-mnist or kmnist" };
        name.CompletionSources.Add([.. KnownSet.All.Select(s => s.Name)]);
        fetch.Arguments.Add(name);
        fetch.GivesJson().WithExamples(("data fetch mnist", "Download and verify; what is here already is only verified."));
        fetch.SetAction(async (parsed, cancellation) =>
        {
            var catalog = new DatasetCatalog(DatasetEnvironment.OfProcess());
            string set = parsed.GetValue(name)!;
            string where = terminal.IsLive
                ? await terminal.TalkConsole.Progress().StartAsync(context => catalog.FetchAsync(set, new Bars(context), cancellation))
                : await catalog.FetchAsync(set, null, cancellation);
            terminal.Result($"{set} is in {where}");
            terminal.Json(new { ResultFile.SchemaVersion, Command = "fetch", Name = set, Folder = where });
            return ExitCode.Done;
        });
        command.Subcommands.Add(fetch);
        return command;
    }

    private static int List(Terminal terminal, DatasetEnvironment environment)
    {
        var catalog = new DatasetCatalog(environment);
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumn("data set").AddColumn("what it is").AddColumn("checksum").AddColumn("where it is");
        var sets = KnownSet.All.Select(s => new { s.Name, s.Description, s.Sha256, Folder = catalog.Locate(s.Name) }).ToArray();
        foreach (var set in sets)
        {
            string where = set.Folder ?? $"not here; 'neurohal data fetch {set.Name}' downloads it";
            table.AddRow(set.Name, Markup.Escape(set.Description), set.Sha256 is null ? "not known" : "known", Markup.Escape(where));
        }
        const string Digits = "Digits drawn by a built-in generator";
        table.AddRow(DatasetCatalog.BuiltInDigits, Digits, "-", "made on the spot");
        terminal.Result(table);
        string named = environment.Folder is null ? "" : $"{environment.Folder}, ";
        terminal.Result($"Looked in {named}NEUROHAL_DATA ({environment.DataVariable ?? "not set"}), the cache ({environment.Cache}), "
            + string.Join(", ", environment.SystemFolders));
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "data",
            Sets = sets,
            BuiltIn = new { Name = DatasetCatalog.BuiltInDigits, Description = Digits },
            LookedIn = new { environment.Folder, environment.DataVariable, environment.Cache, environment.SystemFolders },
        });
        return ExitCode.Done;
    }

    /// <summary>A bar for each file.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(DownloadProgress value)
        {
            if (!_tasks.TryGetValue(value.File, out ProgressTask? task))
            {
                task = _tasks[value.File] = context.AddTask(value.File, maxValue: value.Total ?? 1);
            }
            task.Value = value.Total is null ? 0 : value.Received;
        }
    }
}
