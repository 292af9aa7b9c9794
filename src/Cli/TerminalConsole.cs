using Spectre.Console;

namespace NeuroHal.Cli;

/// <summary>When to colour.</summary>
internal enum ColorChoice
{
    /// <summary>On a terminal, unless <c>NO_COLOR</c> is set or <c>TERM</c> is <c>dumb</c>.</summary>
    Auto,

    /// <summary>Also where nobody looks.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}

/// <summary>One of the process's streams, and what it can show.</summary>
internal static class TerminalConsole
{
    // Wide enough that no table wraps where nobody set a width.
    private const int RedirectedWidth = 160;

    /// <summary>A stream.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="isRedirected">Whether it is anything but a terminal.</param>
    public static IAnsiConsole Of(TextWriter writer, bool isRedirected)
    {
        bool isDumb = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isDumb ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isDumb ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = isDumb || IsSet("NO_COLOR") ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
            console.Profile.Capabilities.Unicode = false;
        }
        else
        {
            console.Profile.Out = new TerminalOutput(writer); // only now: what a terminal can is found out by the library's own output
        }
        return console;
    }

    /// <summary>Overrides what was found out of a stream.</summary>
    public static void Color(IAnsiConsole console, ColorChoice choice)
    {
        if (choice == ColorChoice.Never)
        {
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
        else if (choice == ColorChoice.Always)
        {
            console.Profile.Capabilities.Ansi = true;
            console.Profile.Capabilities.ColorSystem = ColorSystem.Standard;
        }
    }

    // As https://no-color.org has it: whatever its value, if there is one.
    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
