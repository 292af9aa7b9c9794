using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Conformance;
using NeuroHal.Hosting;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

/// <summary>Examines a backend clause by clause, as the kit's tests do.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal, Option<string> config)
    {
        var command = new Command("verify", "Examine a backend by every clause of the contract; exit code 1 if it breaks one");
        Argument<string> backend = new("backend") { Description = "A backend's id, or the folder of a plugin" };
        backend.CompletionSources.Add(_ => Choices.Among(Choices.Backends));
        command.Arguments.Add(backend);
        command.Options.Add(config);
        command.GivesJson().WithExamples(
            ("backends verify SpiNNaker2Emu", "A backend that is installed."),
            ("backends verify plugins/ReferenceCpu --json", "One by its folder, for a program to read."));
        command.SetAction(parsed => Run(parsed.GetValue(backend)!, parsed.GetValue(config), terminal));
        return command;
    }

    private static int Run(string which, string? config, Terminal terminal)
    {
        IConfiguration configuration = LayeredConfiguration.Build(config, new Dictionary<string, string?>());
        IBackend backend = Load(which, configuration);
        ClauseOutcome[] outcomes = [.. Contract.Clauses.Select(clause => clause.Examine(backend))];
        Table table = new Table { Border = TableBorder.Simple }.AddColumn("clause").AddColumn("").AddColumn("");
        foreach (ClauseOutcome outcome in outcomes)
        {
            string finding = outcome.Finding is null ? "" : $" ({outcome.Finding})";
            table.AddRow(outcome.Clause.Number, Markup.Escape(outcome.Clause.Title + finding), Standing(outcome.Standing));
        }
        terminal.Result(table);
        int held = outcomes.Count(o => o.Standing == ClauseStanding.Holds);
        int violated = outcomes.Count(o => o.Standing == ClauseStanding.Violated);
        terminal.Result(
            $"{backend.Id}, contract {ContractVersion.Current}: {held} clauses hold, {violated} violated, {outcomes.Length - held - violated} not applicable.");
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "verify",
            Backend = backend.Id,
            Contract = ContractVersion.Current.ToString(),
            Held = held,
            Violated = violated,
            Clauses = outcomes.Select(o => new { o.Clause.Number, o.Clause.Title, o.Standing, o.Finding }),
        });
        return violated == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Standing(ClauseStanding standing) => standing switch
    {
        ClauseStanding.Holds => "holds",
        ClauseStanding.DoesNotApply => "not applicable",
        _ => "VIOLATED",
    };

    private static IBackend Load(string which, IConfiguration configuration)
    {
        if (!File.Exists(Path.Combine(which, PluginManifest.FileName)))
        {
            return new PluginCatalog(configuration).Load(which);
        }
        string folder = Path.GetFullPath(which);
        string id = PluginManifest.Read(folder).Id;
        return new PluginCatalog(Path.GetDirectoryName(folder)!, configuration).Load(id);
    }
}
