using System.Runtime.CompilerServices;
using Spectre.Console;

namespace NeuroHal.Cli.Tests;

/// <summary>The same without a process of its own, in a small part of the time: where processes and their streams are not what is tested.</summary>
internal sealed partial class Neurohal
{
    /// <summary>Clients look for a proxy once in a process, so it is set before the first of them does.</summary>
    [ModuleInitializer]
    public static void StayOffTheNet()
    {
        foreach (string variable in new[] { "HTTPS_PROXY", "HTTP_PROXY" })
        {
            Environment.SetEnvironmentVariable(variable, "http://127.0.0.1:9");
        }
    }

    /// <summary>Runs it in this process, with streams that are no terminals; one run at a time.</summary>
    public async Task<Outcome> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = await RunAsync(new Terminal(Stream(output), Stream(error)), args);
        return new Outcome(code, output.ToString(), error.ToString());

        static IAnsiConsole Stream(StringWriter writer) => TerminalConsole.Of(TextWriter.Synchronized(writer), isRedirected: true, isTalk: false);
    }

    /// <summary>Runs it in this process, on this terminal.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Terminal terminal, params string[] args)
    {
        using Surroundings surroundings = await Surroundings.EnterAsync(Folder, _environment);
        return await CommandLine.RunAsync(args, terminal);
    }
}
