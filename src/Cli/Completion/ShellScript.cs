using System.Reflection;

namespace NeuroHal.Cli.Completion;

/// <summary>The scripts that teach shells to complete; each asks the program itself, by its directive <c>[suggest]</c>.</summary>
internal static class ShellScript
{
    private static readonly Dictionary<string, string> _files = new()
    {
        ["bash"] = "neurohal.bash",
        ["zsh"] = "neurohal.zsh",
        ["fish"] = "neurohal.fish",
        ["pwsh"] = "neurohal.ps1",
    };

    /// <summary>The shells there are scripts for.</summary>
    public static IReadOnlyCollection<string> Shells => _files.Keys;

    /// <summary>The script for a shell, one of <see cref="Shells"/>.</summary>
    public static string For(string shell)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(_files[shell])!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
