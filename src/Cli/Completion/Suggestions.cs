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
        string begun = line[..position];
        begun = begun[(begun.LastIndexOf(' ') + 1)..];
        // The library also offers words that have what is begun somewhere within.
        string[] words =
        [
            .. _root.Parse(line).GetCompletions(position).Select(c => c.Label)
                .Where(w => (w.Length > 2 || w[0] != '-') && w.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Distinct(),
        ];
        return begun.StartsWith('-') || words.All(w => w.StartsWith('-')) ? words : words.Where(w => !w.StartsWith('-'));
    }
}
