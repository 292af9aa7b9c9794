using System.CommandLine;
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
        command.Arguments.Add(id);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            var configuration = LayeredConfiguration.Build(parsed.GetValue(config), new Dictionary<string, string?>());
            FoundPlugin plugin = new PluginCatalog(configuration).Find(parsed.GetValue(id)!);
            terminal.Result($"plugins:pins:{plugin.Manifest.Id}={PluginDigest.Of(plugin.Folder)}");
            return ExitCode.Done;
        });
        return command;
    }
}
