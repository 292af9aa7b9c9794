using System.CommandLine;
using System.CommandLine.Completions;
using NeuroHal.Cli.Commands;
using NeuroHal.Cli.Completion;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Resuming;
using NeuroHal.DeepR.Planning;

namespace NeuroHal.Cli;

/// <summary>The verbs, and what becomes of errors: one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Does what a command line says.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal)
    {
        var common = new OutputOptions();
        RootCommand root = Create(terminal, common);
        if (args.Count == 0)
        {
            HelpPage.WriteShort(root, terminal.Writer);
            return ExitCode.Done;
        }
        if (args[0] == "help")
        {
            args = [.. args.Skip(1), "--help"]; // as git and dotnet have it
        }
        ParseResult parsed = root.Parse(args);
        bool completes = root.Directives.OfType<SuggestDirective>().Any(d => parsed.GetResult(d) is not null);
        if (!completes && WrongWord.Describe(parsed) is { } wrong)
        {
            terminal.Error($"{wrong} See '{WrongWord.PathOf(parsed.CommandResult)} --help'.");
            return ExitCode.WrongUsage;
        }
        common.Apply(parsed, terminal);
        try
        {
            using var interruption = new Interruption(terminal.Leave);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Writer },
                interruption.Token);
        }
        catch (Exception e) when (!common.IsVerbose(parsed) || e is OperationCanceledException)
        {
            return Report(terminal, e);
        }
        catch (Exception e)
        {
            terminal.Trace(e);
            return CodeOf(e);
        }
    }

    /// <summary>All there is.</summary>
    public static RootCommand Create(Terminal terminal, OutputOptions common)
    {
        var root = new RootCommand(
            "NeuroHAL: write a learning algorithm once, run it on neuromorphic chips and processors, compare the cost.")
        {
            TrainCommand.Create(terminal),
            CompareCommand.Create(terminal),
            ReportCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            PredictCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ImportCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ReproduceCommand.Create(terminal),
            SensitivityCommand.Create(terminal),
            SweepCommand.Create(terminal),
            SweepRunCommand.Create(terminal),
            BackendsCommand.Create(terminal),
            DataCommand.Create(terminal),
            SettingsCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };
        root.WithExamples(
            ("train", "The published experiment on the emulated chip."),
            ("compare --dataset digits --epochs 2", "All backends side by side, on the built-in digits."),
            ("plan --preset fast --cores 4", "Who holds which bytes of each core."));
        common.AddTo(root);
        HelpPage.AddTo(root);
        Suggestions.AddTo(root);
        return root;
    }

    private static int Report(Terminal terminal, Exception error)
    {
        if (error is PlanDoesNotFitException doesNotFit)
        {
            terminal.Talk(MemoryTable.Of(doesNotFit.Plan));
        }
        terminal.Error(error is OperationCanceledException and not RunInterruptedException
            ? "Interrupted. Nothing was saved."
            : error.Message);
        return CodeOf(error);
    }

    /// <summary>The exit code of an error.</summary>
    public static int CodeOf(Exception error) => error switch
    {
        OperationCanceledException => ExitCode.Interrupted,
        CapacityExceededException => ExitCode.DoesNotFit,
        BadArgumentException or BadDataException or BadPluginException or NotSupportedByDeviceException => ExitCode.WrongUsage,
        _ => ExitCode.Failed,
    };
}
