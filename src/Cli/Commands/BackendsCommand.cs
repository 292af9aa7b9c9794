using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

internal static class BackendsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("backends", "List the backends that are found, and plugins that cannot be used");
        Option<string> config = new("--config") { Description = "Configuration file [default: neurohal.json, if there]", HelpName = "FILE" };
        command.Options.Add(config);
        command.Subcommands.Add(VerifyCommand.Create(terminal, config));
        command.Subcommands.Add(PinCommand.Create(terminal, config));
        command.GivesJson().WithExamples(
            ("backends", "What is installed."),
            ("backends verify SpiNNaker2Emu", "Does it keep the contract, clause by clause?"));
        command.SetAction(parsed =>
        {
            var configuration = LayeredConfiguration.Build(parsed.GetValue(config), new Dictionary<string, string?>());
            var plugins = new PluginCatalog(configuration);
            Table table = new Table { Border = TableBorder.Simple }.AddColumn("backend").AddColumn("version").AddColumn("what it is");
            var backends = plugins.LoadAll()
                .Select(b => new { b.Id, Version = plugins.Find(b.Id).Manifest.Version.ToString(), b.Description })
                .ToArray();
            foreach (var backend in backends)
            {
                table.AddRow(Markup.Escape(backend.Id), backend.Version, Markup.Escape(backend.Description));
            }
            terminal.Result(table);
            terminal.Result($"Plugins in {string.Join(" and ", plugins.Directories)}");
            foreach (PluginProblem problem in plugins.Problems)
            {
                terminal.Result($"Not usable: {problem.Message}");
            }
            terminal.Json(new { ResultFile.SchemaVersion, Command = "backends", plugins.Directories, Backends = backends, plugins.Problems });
            return ExitCode.Done;
        });
        return command;
    }
}
