using System.CommandLine;
using System.Globalization;
using System.Text;
using NeuroHal.Cli;
using NeuroHal.Cli.Help;

namespace NeuroHal.Reference;

/// <summary>Every command with its arguments, options and examples.</summary>
internal static class CommandLinePage
{
    public static string Make()
    {
        RootCommand root = CommandLine.Create(Terminal.OfProcess(), new OutputOptions());
        var page = new StringBuilder($"""
            # The command line

            Made from the code by `dotnet run --project tools/Reference`. What holds for every command: [command-line-conventions.md](../command-line-conventions.md).

            {root.Description}

            """);
        page.Append("\nOptions of every command:\n\n");
        Options(page, root, recursive: true);
        foreach (Command command in root.Subcommands.Where(c => !c.Hidden))
        {
            Append(page, "neurohal", command);
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, string path, Command command)
    {
        path = $"{path} {command.Name}";
        page.Append(CultureInfo.InvariantCulture, $"\n## {path}\n\n{command.Description}.\n");
        if (command.Arguments.Count > 0 || command.Options.Count > 0)
        {
            page.Append('\n');
        }
        foreach (Argument argument in command.Arguments.Where(a => !a.Hidden))
        {
            page.Append(CultureInfo.InvariantCulture, $"- `{(argument.HelpName ?? argument.Name).ToUpperInvariant()}`: {argument.Description}\n");
        }
        Options(page, command, recursive: false);
        IReadOnlyList<Example> examples = Declarations.ExamplesOf(command);
        if (examples.Count > 0)
        {
            page.Append("\n```\n");
            int width = examples.Max(e => e.Line.Length);
            foreach (Example example in examples)
            {
                page.Append(CultureInfo.InvariantCulture, $"neurohal {example.Line.PadRight(width)}   {example.What}\n");
            }
            page.Append("```\n");
        }
        foreach (Command below in command.Subcommands.Where(c => !c.Hidden))
        {
            Append(page, path, below);
        }
    }

    private static void Options(StringBuilder page, Command command, bool recursive)
    {
        foreach (Option option in command.Options.Where(o => !o.Hidden && o.Recursive == recursive && !o.Name.StartsWith("--help", StringComparison.Ordinal)))
        {
            string value = option.HelpName is { } name ? $" {name}" : "";
            page.Append(CultureInfo.InvariantCulture, $"- `{option.Name}{value}`: {option.Description?.Replace("<", "&lt;", StringComparison.Ordinal)}\n");
        }
    }
}
