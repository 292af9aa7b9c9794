using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli;

/// <summary>
/// Where output goes: with colour and moving progress on a terminal, in plain lines everywhere else.
/// </summary>
internal sealed class Terminal
{
    // Wide enough that no table wraps where nobody set a width.
    private const int RedirectedWidth = 160;

    private readonly TextWriter _error = Console.Error;
    private readonly bool _isQuiet;

    public Terminal()
    {
        IsInteractive = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        Ansi = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            Ansi.Profile.Width = RedirectedWidth;
            Ansi.Profile.Capabilities.Ansi = false;
            Ansi.Profile.Capabilities.Unicode = false;
        }
    }

    private Terminal(Terminal loud)
    {
        Ansi = loud.Ansi;
        _isQuiet = true;
    }

    public bool IsInteractive { get; }

    public IAnsiConsole Ansi { get; }

    /// <summary>The same, showing nothing but errors.</summary>
    public Terminal Quiet() => new(this);

    /// <summary>One plain line; names of files, supersteps and plugins in it are others', so it is made printable.</summary>
    public void Line(string text)
    {
        if (!_isQuiet)
        {
            Ansi.Profile.Out.Writer.WriteLine(PrintableLine.Of(text));
        }
    }

    /// <summary>A table.</summary>
    public void Write(IRenderable table)
    {
        if (!_isQuiet)
        {
            Ansi.Write(table);
        }
    }

    /// <summary>One line on the error stream that is no error: what is no part of the result.</summary>
    public void Note(string text) => _error.WriteLine(PrintableLine.Of(text));

    /// <summary>One line on the error stream.</summary>
    public void Error(string message) => _error.WriteLine($"error: {PrintableLine.Of(message)}");

    /// <summary>An error and where in the code it comes from, line by line.</summary>
    public void Trace(Exception error)
    {
        string[] lines = error.ToString().Split('\n');
        Error(lines[0]);
        foreach (string line in lines.Skip(1))
        {
            _error.WriteLine($"  {PrintableLine.Of(line.Trim())}");
        }
    }
}
