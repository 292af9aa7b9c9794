using System.CommandLine;
using System.CommandLine.Parsing;

namespace NeuroHal.Cli.Help;

/// <summary>What is wrong with a command line, and what may have been meant.</summary>
internal static class WrongWord
{
    /// <summary>The fault; a word nobody knows before what its lack leads to.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return $"Unknown command or option '{word}'.{NearestName.Question(word, Known(parsed.CommandResult, isOption: IsOption(word)))}";
        }
        if (TakenForArgument(parsed) is { } slip)
        {
            return $"Unknown option '{slip}'.{NearestName.Question(slip, Known(parsed.CommandResult, isOption: true))}"
                + $" A file of that name is given after '--', or as './{slip}'.";
        }
        if (parsed.CommandResult.Children.OfType<ArgumentResult>().FirstOrDefault(a => a.Tokens.Any(t => t.Value.Length == 0)) is { } empty)
        {
            return $"<{empty.Argument.Name}> is empty, as a variable that is not set."; // a path, mostly
        }
        return parsed.Errors.Count > 0 ? parsed.Errors[0].Message : null;
    }

    /// <summary>A command as it is called.</summary>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "neurohal";

    private static bool IsOption(string word) => word.Length > 1 && word.StartsWith('-');

    /// <summary>A word that looks like an option and was taken for a file or folder, as nothing said that it is one.</summary>
    private static string? TakenForArgument(ParseResult parsed)
    {
        IEnumerable<Token> before = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash);
        Token[] arguments = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens)];
        return before.FirstOrDefault(t => IsOption(t.Value) && arguments.Any(a => ReferenceEquals(a, t)))?.Value;
    }

    private static IEnumerable<string> Known(CommandResult at, bool isOption)
    {
        if (!isOption)
        {
            return at.Command.Subcommands.Select(c => c.Name);
        }
        IEnumerable<Option> own = at.Command.Options;
        for (SymbolResult? above = at.Parent; above is CommandResult parent; above = parent.Parent)
        {
            own = own.Concat(parent.Command.Options.Where(o => o.Recursive));
        }
        return own.Where(o => !o.Hidden).Select(o => o.Name);
    }
}
