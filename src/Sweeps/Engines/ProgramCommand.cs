namespace NeuroHal.Sweeps.Engines;

/// <summary>How a program is started.</summary>
/// <param name="File">The executable, from the root.</param>
/// <param name="Arguments">What comes before its own arguments.</param>
public sealed record ProgramCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb by which an engine has one run of a sweep run: <c>sweep-run ROOT ID</c>.</summary>
    public const string RunVerb = "sweep-run";

    /// <summary>This program: its own executable, or <c>dotnet</c> with its assembly.</summary>
    /// <exception cref="BadArgumentException">The system does not say which program this is.</exception>
    public static ProgramCommand OfThisProcess()
    {
        string file = Environment.ProcessPath ?? throw new BadArgumentException("The system does not say where this program is, so it cannot be started for single runs.");
        return Path.GetFileNameWithoutExtension(file).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new ProgramCommand(file, [Path.GetFullPath(Environment.GetCommandLineArgs()[0])])
            : new ProgramCommand(file, []);
    }
}
