using System.CommandLine;
using System.CommandLine.Parsing;

namespace NeuroHal.Cli.Help;

/// <summary>What is wrong with a command line, and what may have been meant.</summary>
internal static class WrongWord
{
    /// <summary>The fault; a word nobody knows before what its lack leads to.</summary>
    public static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors[0].Message;
        }
        string word = parsed.UnmatchedTokens[0];
        return $"Unknown command or option '{word}'.{NearestName.Question(word, Known(parsed.CommandResult, isOption: word.StartsWith('-')))}";
    }

    /// <summary>A command as it is called.</summary>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "neurohal";

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
