using System.CommandLine;
using NeuroHal.Cli.Completion;
using NeuroHal.Cli.Help;

namespace NeuroHal.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("completion", "Print the script by which a shell completes commands, options and their values");
        Argument<string> shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" }.AcceptOnlyFromAmong([.. ShellScript.Shells]);
        command.Arguments.Add(shell);
        command.WithExamples(
            ("completion bash > neurohal.bash", "A script to source, or to put where bash looks for completions."),
            ("completion fish", "The one for fish; its first lines say where it goes."));
        command.SetAction(parsed =>
        {
            terminal.Writer.Write(ShellScript.For(parsed.GetValue(shell)!));
            return ExitCode.Done;
        });
        return command;
    }
}
