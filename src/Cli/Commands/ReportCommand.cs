using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Reports;

namespace NeuroHal.Cli.Commands;

internal static class ReportCommand
{
    private const string DefaultFolder = "report";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("report", "Make a page of runs: accuracy, energy, memory maps, timeline, receptive fields, compared with the first");
        var runs = new Argument<string[]>("DIR") { Description = "Folders of runs, made by --output; the first is what others are compared with", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new Option<string>("--output") { Description = $"Folder for the page and its pictures [default: {DefaultFolder}/ in the first DIR]", HelpName = "FOLDER" }.NotEmpty();
        command.Arguments.Add(runs);
        command.Options.Add(output);
        command.GivesJson().WithExamples(
            ("report run1", "A page of one run, in run1/report."),
            ("report run1 run2 --output compared", "Two runs, the second compared with the first."));
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(runs)!, parsed.GetValue(output), terminal)));
        return command;
    }

    private static int Run(string[] runs, string? output, Terminal terminal)
    {
        WrittenReport report = ReportFolder.Write(runs, output ?? Path.Combine(runs[0], DefaultFolder));
        string of = report.Runs == 1 ? "1 run" : $"{report.Runs} runs";
        terminal.Result($"Report of {of}{(report.Replaced ? ", in place of the one that was there" : "")}: {report.Page}");
        terminal.Talk($"Its {report.Pictures} pictures are beside it, as SVG and PNG{(report.HasFonts ? "" : "; PNG without text, as this host has no fonts")}.");
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "report",
            report.Page,
            report.Runs,
            report.Pictures,
            report.Replaced,
        });
        return ExitCode.Done;
    }
}
