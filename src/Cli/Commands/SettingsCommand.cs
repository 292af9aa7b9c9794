using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

internal static class SettingsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("settings", "List the settings there are: keys, values, meaning and default");
        Argument<string?> beginning = new("prefix") { Description = "Only those whose key begins so, such as training", HelpName = "PREFIX", Arity = ArgumentArity.ZeroOrOne };
        beginning.CompletionSources.Add(_ => ConfigurationKeys.All);
        command.Arguments.Add(beginning);
        command.GivesJson().WithExamples(
            ("settings training", "What can be set of training; each by --set, neurohal.json or the environment."),
            ("settings --json", "The same for a program."));
        command.SetAction(parsed =>
        {
            string prefix = parsed.GetValue(beginning) ?? "";
            DescribedSetting[] settings = [.. DescribedSetting.All.Where(s => s.BeginsWith(prefix))];
            if (settings.Length == 0)
            {
                throw new BadArgumentException($"No setting begins with '{prefix}'.{NearestName.Question(prefix, ConfigurationKeys.All)}");
            }
            Table table = new Table { Border = TableBorder.Simple }.AddColumn("setting").AddColumn("values").AddColumn("meaning");
            foreach (DescribedSetting setting in settings)
            {
                table.AddRow(Markup.Escape(setting.Key), Markup.Escape(setting.Values is { } values ? string.Join(", ", values) : setting.Type), Markup.Escape(setting.Meaning));
            }
            terminal.Result(table);
            terminal.Json(new { ResultFile.SchemaVersion, Command = "settings", Settings = settings });
            return ExitCode.Done;
        });
        return command;
    }
}
