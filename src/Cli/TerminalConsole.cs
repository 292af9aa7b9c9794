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

    // POSIX: the first of these that is set tells what letters there are.
    private static readonly string[] _locale = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>A stream.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="isRedirected">Whether it is anything but a terminal.</param>
    /// <param name="isTalk">Whether what cannot be written may be lost: what is said on the way, not a result.</param>
    public static IAnsiConsole Of(TextWriter writer, bool isRedirected, bool isTalk)
    {
        bool isDumb = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isDumb ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isDumb ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = isDumb || IsSet("NO_COLOR") ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (!isRedirected || isTalk)
        {
            console.Profile.Out = new ForgivingOutput(writer); // only now: what a terminal can is found out by the library's own output
        }
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }
        if (isRedirected || IsPlain())
        {
            console.Profile.Capabilities.Unicode = false;
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

    private static bool IsPlain() =>
        _locale.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: > 0 }) is "C" or "POSIX";

    // As https://no-color.org has it: whatever its value, if there is one.
    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
