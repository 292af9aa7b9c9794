using System.Text;
using Spectre.Console;

namespace NeuroHal.Cli;

/// <summary>
/// A terminal, or the stream of talk. When the terminal goes away, as with an ssh session, or the disk with the log is full, what is said is
/// lost and nothing else: the run goes on, or is told by SIGHUP and has to be saved first.
/// </summary>
/// <param name="writer">The stream.</param>
internal sealed class ForgivingOutput(TextWriter writer) : IAnsiConsoleOutput
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
                // There is nobody, or no room, to be told.
            }
        }
    }
}
