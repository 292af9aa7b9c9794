using System.CommandLine;
using System.Runtime.CompilerServices;

namespace NeuroHal.Cli.Help;

/// <summary>A command line that works, and what it does.</summary>
/// <param name="Line">What follows <c>neurohal</c>.</param>
/// <param name="What">What it does, in a few words.</param>
internal sealed record Example(string Line, string What);

/// <summary>What commands are declared with beside their options.</summary>
internal static class Declarations
{
    /// <summary>The option that <see cref="GivesJson"/> adds.</summary>
    public const string Json = "--json";

    private static readonly ConditionalWeakTable<Command, IReadOnlyList<Example>> _examples = [];

    /// <summary>Has the help of a command end with examples; a test runs each of them.</summary>
    /// <returns>The command.</returns>
    public static Command WithExamples(this Command command, params (string Line, string What)[] examples)
    {
        _examples.Add(command, [.. examples.Select(e => new Example(e.Line, e.What))]);
        return command;
    }

    /// <summary>Gives a command the option <c>--json</c>; it has to call <see cref="Terminal.Json"/> once.</summary>
    /// <returns>The command.</returns>
    public static Command GivesJson(this Command command)
    {
        command.Options.Add(new Option<bool>(Json) { Description = "Print the result as one JSON document" });
        return command;
    }

    /// <summary>Has an empty value of an option be an error: a path that is empty comes from a variable that is not set.</summary>
    /// <returns>The option.</returns>
    public static Option<string> NotEmpty(this Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError($"{option.Name} is empty; name a path, or leave it out.");
            }
        });
        return option;
    }

    /// <summary>A command's examples.</summary>
    public static IReadOnlyList<Example> ExamplesOf(Command command) => _examples.TryGetValue(command, out var examples) ? examples : [];
}
