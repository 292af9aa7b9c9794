using System.Text;
using Spectre.Console;

namespace NeuroHal.Cli;

/// <summary>
/// A stream of a terminal. When the terminal goes away, as with an ssh session, what is said to it is lost and nothing else: the run is
/// told by SIGHUP, and has to be saved first.
/// </summary>
/// <param name="writer">The stream.</param>
internal sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
{
    private readonly AnsiConsoleOutput _own = new(writer);

    /// <inheritdoc/>
    public TextWriter Writer { get; } = new ForgivingWriter(writer);

    /// <inheritdoc/>
    public bool IsTerminal => _own.IsTerminal;

    /// <inheritdoc/>
    public int Width => _own.Width;

    /// <inheritdoc/>
    public int Height => _own.Height;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding) => _own.SetEncoding(encoding);

    private sealed class ForgivingWriter(TextWriter writer) : TextWriter
    {
        public override Encoding Encoding => writer.Encoding;

        public override void Write(char value) => Try(() => writer.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => writer.Write(buffer, index, count));

        public override void Write(string? value) => Try(() => writer.Write(value));

        public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

        public override void Flush() => Try(writer.Flush);

        private static void Try(Action write)
        {
            try
            {
                write();
            }
            catch (IOException)
            {
                // Nobody is there any more to be told.
            }
        }
    }
}
