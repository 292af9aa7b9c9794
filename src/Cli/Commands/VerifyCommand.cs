using System.CommandLine;
using Microsoft.Extensions.Configuration;
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
        command.Arguments.Add(backend);
        command.Options.Add(config);
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
