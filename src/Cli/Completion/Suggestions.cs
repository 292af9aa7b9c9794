using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace NeuroHal.Cli.Completion;

/// <summary>
/// What the directive <c>[suggest:POSITION]</c> prints: how a command line that is being written may go on, one word a line. Options
/// are offered where nothing else may come, or once a word begins as one.
/// </summary>
internal sealed class Suggestions : SynchronousCommandLineAction
{
    private readonly RootCommand _root;
    private readonly SuggestDirective _directive;

    private Suggestions(RootCommand root, SuggestDirective directive) => (_root, _directive) = (root, directive);

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Has a program suggest so.</summary>
    public static void AddTo(RootCommand root)
    {
        SuggestDirective directive = root.Directives.OfType<SuggestDirective>().Single();
        directive.Action = new Suggestions(root, directive);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string line = parseResult.Tokens.LastOrDefault(t => t.Type != TokenType.Directive)?.Value ?? "";
        int position = int.TryParse(parseResult.GetResult(_directive)?.Values is [var given, ..] ? given : null, out int at) ? Math.Clamp(at, 0, line.Length) : line.Length;
        foreach (string word in Of(line, position))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(word);
        }
        return ExitCode.Done;
    }

    private IEnumerable<string> Of(string line, int position)
    {
        string before = line[..position];
        string begun = before[(before.LastIndexOf(' ') + 1)..];
        // A value may stand behind its option's equal sign, and behind other values and a comma: those stay as they are.
        int equals = begun.StartsWith("--", StringComparison.Ordinal) ? begun.IndexOf('=', StringComparison.Ordinal) : -1;
        int kept = Math.Max(equals, begun.LastIndexOf(',')) + 1;
        if (kept == 0)
        {
            return Words(before, begun);
        }
        string option = equals < 0 ? "" : begun[..equals] + " ";
        return Words(before[..^begun.Length] + option + begun[kept..], begun[kept..]).Where(w => !IsOption(w)).Select(w => begun[..kept] + w);
    }

    private IEnumerable<string> Words(string line, string begun)
    {
        ParseResult parsed = _root.Parse(line);
        // The library also offers words that have what is begun somewhere within.
        string[] words =
        [
            .. parsed.GetCompletions(line.Length).Select(c => c.Label)
                .Where(w => (w.Length > 2 || !IsOption(w)) && w.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Distinct(),
        ];
        if (IsOption(begun))
        {
            return words;
        }
        // Where a file may come nothing is offered: the shell knows which there are.
        return words.All(IsOption) ? TakesFiles(parsed.CommandResult.Command) ? [] : words : words.Where(w => !IsOption(w));
    }

    private static bool IsOption(string word) => word.StartsWith('-');

    private static bool TakesFiles(Command command) => command.Arguments.Any(a => !a.GetCompletions(CompletionContext.Empty).Any());
}
