using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Commands;

/// <summary>Tells what a plugin would be pinned by, without loading it.</summary>
internal static class PinCommand
{
    public static Command Create(Terminal terminal, Option<string> config)
    {
        var command = new Command("pin", "Tell the pin of a plugin as it lies there; with plugins:trust=pinned nothing else loads");
        Argument<string> id = new("backend") { Description = "A backend's id" };
        id.CompletionSources.Add(_ => Choices.Among(Choices.Backends));
        command.Arguments.Add(id);
        command.Options.Add(config);
        command.GivesJson().WithExamples(
            ("backends pin SpiNNaker2Emu", "A setting for --set, or for \"plugins\": { \"pins\": ... } of neurohal.json."));
        command.SetAction(parsed =>
        {
            var configuration = LayeredConfiguration.Build(parsed.GetValue(config), new Dictionary<string, string?>());
            FoundPlugin plugin = new PluginCatalog(configuration).Find(parsed.GetValue(id)!);
            string digest = PluginDigest.Of(plugin.Folder);
            terminal.Result($"plugins:pins:{plugin.Manifest.Id}={digest}");
            terminal.Json(new { ResultFile.SchemaVersion, Command = "pin", plugin.Manifest.Id, Pin = digest });
            return ExitCode.Done;
        });
        return command;
    }
}
