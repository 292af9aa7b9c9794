using Spectre.Console.Testing;

namespace NeuroHal.Cli.Tests;

/// <summary>The command line without a process of its own: quick, for what does not depend on what a process's streams are.</summary>
internal static class InProcess
{
    /// <summary>A network so small that an epoch of it is over at once.</summary>
    public static IReadOnlyList<string> Small { get; } = ["--dataset", "digits", "--limit", "20", "--epochs", "2", "--layers", "784-10", "--connectivity", "0.05"];

    public static async Task<Neurohal.Outcome> RunAsync(params string[] args)
    {
        var output = new TestConsole();
        var error = new TestConsole();
        int code = await CommandLine.RunAsync(args, new Terminal(output, error));
        return new Neurohal.Outcome(code, output.Output, error.Output);
    }
}
