using System.CommandLine;
using System.CommandLine.Parsing;
using NeuroHal.Cli.Commands;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Resuming;
using NeuroHal.DeepR.Planning;

namespace NeuroHal.Cli;

/// <summary>The verbs, and what becomes of errors: one line and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var terminal = new Terminal();
        var root = new RootCommand(
            "NeuroHAL: write a learning algorithm once, run it on neuromorphic chips and processors, compare the cost.")
        {
            TrainCommand.Create(terminal),
            CompareCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ReproduceCommand.Create(terminal),
            SensitivityCommand.Create(terminal),
            SweepCommand.Create(terminal),
            SweepRunCommand.Create(terminal),
            BackendsCommand.Create(terminal),
            DataCommand.Create(terminal),
        };
        Option<bool> verbose = new("--verbose") { Description = "Show where in the code an error comes from", Recursive = true };
        root.Options.Add(verbose);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            terminal.Error($"{Fault(parsed)} See '{Path(parsed.CommandResult)} --help'.");
            return ExitCode.WrongUsage;
        }
        try
        {
            using var interruption = new Interruption();
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (Exception e) when (!parsed.GetValue(verbose) || e is OperationCanceledException)
        {
            return Report(terminal, e);
        }
        catch (Exception e)
        {
            terminal.Trace(e);
            return CodeOf(e);
        }
    }

    /// <summary>What is wrong with the command line; a word nobody knows before what its lack leads to.</summary>
    private static string Fault(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? $"Unknown command or option '{parsed.UnmatchedTokens[0]}'."
        : parsed.Errors[0].Message;

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "neurohal";

    private static int Report(Terminal terminal, Exception error)
    {
        if (error is PlanDoesNotFitException doesNotFit)
        {
            terminal.Write(MemoryTable.Of(doesNotFit.Plan));
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
