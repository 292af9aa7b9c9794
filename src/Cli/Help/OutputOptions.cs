using System.CommandLine;

namespace NeuroHal.Cli.Help;

/// <summary>The options of every command: how to talk.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Show where in the code an error comes from", Recursive = true };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Show results and errors only", Recursive = true };
    private readonly Option<string> _color = new Option<string>("--color")
    {
        Description = "auto, always or never [default: auto: on a terminal, unless NO_COLOR is set]",
        HelpName = "WHEN",
        Recursive = true,
    }.AcceptOnlyFromAmong([.. Enum.GetNames<ColorChoice>().Select(n => n.ToLowerInvariant())]);

    /// <summary>Adds them.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(_quiet);
        root.Options.Add(_color);
        root.Options.Add(_verbose);
    }

    /// <summary>Whether errors are to say where in the code they come from.</summary>
    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>Has a terminal show what was asked for.</summary>
    public void Apply(ParseResult parsed, Terminal terminal)
    {
        Option<bool>? json = parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(o => o.Name == Declarations.Json);
        terminal.Use(parsed.GetValue(_quiet), json is not null && parsed.GetValue(json), Enum.Parse<ColorChoice>(parsed.GetValue(_color) ?? nameof(ColorChoice.Auto), ignoreCase: true));
    }
}
