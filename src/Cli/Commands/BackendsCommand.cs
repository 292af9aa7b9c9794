using System.CommandLine;
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
        command.SetAction(parsed =>
        {
            var configuration = LayeredConfiguration.Build(parsed.GetValue(config), new Dictionary<string, string?>());
            var plugins = new PluginCatalog(configuration);
            Table table = new Table { Border = TableBorder.Simple }.AddColumn("backend").AddColumn("version").AddColumn("what it is");
            foreach (IBackend backend in plugins.LoadAll())
            {
                FoundPlugin plugin = plugins.Plugins.Single(p => p.Manifest.Id == backend.Id);
                table.AddRow(Markup.Escape(backend.Id), plugin.Manifest.Version.ToString(), Markup.Escape(backend.Description));
            }
            terminal.Result(table);
            terminal.Result($"Plugins in {plugins.Directory}");
            foreach (PluginProblem problem in plugins.Problems)
            {
                terminal.Result($"Not usable: {problem.Message}");
            }
            return ExitCode.Done;
        });
        return command;
    }
}
