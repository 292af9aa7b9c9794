using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NeuroHal.Cli.Help;

/// <summary>What <c>--help</c> prints: the library's sections, then examples, and of the program as a whole what holds for all commands.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const string Everywhere = """
        Output:
          Results go to the standard output, everything else to the error stream.

        Exit codes:
          0    done
          1    failed, or what was compared differs
          2    wrong usage, configuration or data
          3    does not fit the device
          130  interrupted; with --output the run is saved

        Environment:
          NEUROHAL__KEY   any setting, such as NEUROHAL__TRAINING__EPOCHS=3
          NEUROHAL_DATA   where data sets are
          NO_COLOR        if not empty, no colour

        Files:
          neurohal.json   settings, in the working folder

        """;

    private readonly SynchronousCommandLineAction _library;

    private HelpPage(SynchronousCommandLineAction library) => _library = library;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives all commands such help.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        help.Action = new HelpPage((SynchronousCommandLineAction)help.Action!);
    }

    /// <summary>Writes what there is, for who calls the program without a word.</summary>
    public static void WriteShort(RootCommand root, TextWriter output)
    {
        output.WriteLine(root.Description);
        output.WriteLine();
        output.WriteLine("Usage: neurohal COMMAND [options]");
        output.WriteLine();
        Command[] commands = [.. root.Subcommands.Where(c => !c.Hidden)];
        int width = commands.Max(c => c.Name.Length);
        foreach (Command command in commands)
        {
            output.WriteLine($"  {command.Name.PadRight(width)}  {command.Description}");
        }
        output.WriteLine();
        output.WriteLine("Options and examples of each: neurohal COMMAND --help. What holds for all: neurohal --help.");
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        int code = _library.Invoke(parseResult);
        IReadOnlyList<Example> examples = Declarations.ExamplesOf(command);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (Example example in examples)
            {
                output.WriteLine($"  neurohal {example.Line}");
                output.WriteLine($"      {example.What}");
            }
            output.WriteLine();
        }
        if (command is RootCommand)
        {
            output.WriteLine(Everywhere);
        }
        return code;
    }
}
