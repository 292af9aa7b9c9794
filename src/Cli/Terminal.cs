using NeuroHal.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli;

/// <summary>
/// Where output goes. <b>Results</b>, what a command was called for, go to the standard output; <b>talk</b>, everything said on the
/// way, and errors to the error stream. With <c>--quiet</c> nobody talks; with <c>--json</c> the result is one document.
/// </summary>
/// <remarks>
/// A command gives its result as a document and as text, by <see cref="Json"/> and <see cref="Result(string)"/>, and does not ask
/// which of them is wanted.
/// </remarks>
internal sealed class Terminal
{
    private const string ShowCursor = "\u001b[?25h";

    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _error;
    private readonly bool _isSilent;
    private bool _isQuiet;
    private bool _isJson;
    private bool _isMoving;

    /// <summary>On two consoles.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where talk and errors go.</param>
    public Terminal(IAnsiConsole output, IAnsiConsole error) => (_output, _error) = (output, error);

    private Terminal(Terminal loud)
    {
        (_output, _error, _isQuiet, _isJson) = (loud._output, loud._error, loud._isQuiet, loud._isJson);
        _isSilent = true;
    }

    /// <summary>Whether talk can move the cursor: on a terminal that is one, where somebody listens.</summary>
    public bool IsLive => _error.Profile.Capabilities is { Interactive: true, Ansi: true } && !_isQuiet && !_isSilent;

    /// <summary>The console of talk, for what moves; see <see cref="IsLive"/>.</summary>
    public IAnsiConsole TalkConsole => _error;

    /// <summary>Where results go, for those who write by themselves.</summary>
    public TextWriter Writer => _output.Profile.Out.Writer;

    /// <summary>What the process's streams are.</summary>
    public static Terminal OfProcess() =>
        new(TerminalConsole.Of(Console.Out, Console.IsOutputRedirected, isTalk: false), TerminalConsole.Of(Console.Error, Console.IsErrorRedirected, isTalk: true));

    /// <summary>The same, showing nothing but errors.</summary>
    public Terminal Silent() => new(this);

    /// <summary>Takes what the command line says of output.</summary>
    public void Use(bool quiet, bool json, ColorChoice color)
    {
        (_isQuiet, _isJson) = (quiet, json);
        TerminalConsole.Color(_output, color);
        TerminalConsole.Color(_error, color);
    }

    /// <summary>One line of the result; names of files, supersteps and plugins in it are others', so it is made printable.</summary>
    public void Result(string line)
    {
        if (!_isSilent && !_isJson)
        {
            WriteLine(_output, PrintableLine.Of(line));
        }
    }

    /// <summary>A table of the result.</summary>
    public void Result(IRenderable table)
    {
        if (!_isSilent && !_isJson)
        {
            _output.Write(table);
        }
    }

    /// <summary>The result as a document, if that is wanted: the only thing on the standard output then, so to be called once.</summary>
    /// <param name="document">What is made JSON of, in the form of <c>result.json</c>.</param>
    public void Json(object document)
    {
        if (!_isSilent && _isJson)
        {
            WriteLine(_output, ResultJson.Text(document));
        }
    }

    /// <summary>Shows something that changes in place while something runs; what is said meanwhile appears above. Where <see cref="IsLive"/>.</summary>
    /// <param name="first">What to show at first.</param>
    /// <param name="run">What runs; it is given the way to show something else.</param>
    public void ShowLive(IRenderable first, Action<Action<IRenderable>> run)
    {
        _isMoving = true;
        try
        {
            _error.Live(first).Start(context => run(context.UpdateTarget));
        }
        finally
        {
            _isMoving = false;
        }
    }

    /// <summary>One line on what goes on; made printable.</summary>
    public void Talk(string line)
    {
        if (!_isSilent && !_isQuiet)
        {
            WriteLine(_error, PrintableLine.Of(line));
        }
    }

    /// <summary>A table on what goes on.</summary>
    public void Talk(IRenderable table)
    {
        if (!_isSilent && !_isQuiet)
        {
            _error.Write(table);
        }
    }

    /// <summary>Undoes what moving output did to a terminal, where the process is about to be ended within it.</summary>
    public void Leave()
    {
        if (_isMoving)
        {
            _error.Profile.Out.Writer.Write(ShowCursor);
        }
    }

    /// <summary>One line that says what is wrong.</summary>
    public void Error(string message)
    {
        if (_error.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors })
        {
            _error.Write(new Text("error:", new Style(ConsoleColor.Red)));
            WriteLine(_error, $" {PrintableLine.Of(message)}");
        }
        else
        {
            WriteLine(_error, $"error: {PrintableLine.Of(message)}");
        }
    }

    /// <summary>What belongs to an error and does not go into its line.</summary>
    public void Error(IRenderable table) => _error.Write(table);

    /// <summary>An error and where in the code it comes from, line by line.</summary>
    public void Trace(Exception error)
    {
        string[] lines = error.ToString().Split('\n');
        Error(lines[0]);
        foreach (string line in lines.Skip(1))
        {
            WriteLine(_error, $"  {PrintableLine.Of(line.Trim())}");
        }
    }

    /// <summary>A line as it is, so that who reads it finds it whole; above what moves, where something does.</summary>
    private void WriteLine(IAnsiConsole console, string line)
    {
        if (_isMoving)
        {
            // Filled up to the right, so that nothing is left of what was drawn there before.
            console.Write(new Rows(Align.Left(new Text(line))));
            return;
        }
        console.Profile.Out.Writer.WriteLine(line);
    }
}
