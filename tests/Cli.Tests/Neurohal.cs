using System.Collections;
using System.Diagnostics;
using System.Reflection;

namespace NeuroHal.Cli.Tests;

/// <summary>The command line as a user runs it: a process with arguments, an environment and a working folder.</summary>
internal sealed partial class Neurohal : IDisposable
{
    // This process's own, whatever a run within it sets meanwhile.
    private static readonly Dictionary<string, string?> _inherited = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value);

    private readonly Dictionary<string, string?> _environment = new(_inherited)
    {
        ["NEUROHAL_DATA"] = null,
        ["HTTPS_PROXY"] = "http://127.0.0.1:9", // nothing listens there: tests stay off the net
        ["HTTP_PROXY"] = "http://127.0.0.1:9",
    };

    public Neurohal()
    {
        Folder = Directory.CreateTempSubdirectory("neurohal-test-").FullName;
        _environment["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache");
    }

    /// <summary>A network so small that an epoch of it is over at once.</summary>
    public static IReadOnlyList<string> SmallNetwork { get; } = ["--limit", "20", "--epochs", "2", "--layers", "784-10", "--connectivity", "0.05"];

    /// <summary>The same on the built-in digits.</summary>
    public static IReadOnlyList<string> Small { get; } = ["--dataset", "digits", .. SmallNetwork];

    public string Folder { get; }

    public Neurohal With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public Neurohal WithFile(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    /// <summary>A folder of plugins, called so, with the emulation and a backend that is a little wrong.</summary>
    public Neurohal WithDiverging()
    {
        ILookup<string, string?> build = typeof(Neurohal).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value);
        Copy(Path.Combine(build["Plugins"].Single()!, "SpiNNaker2Emu"), Path.Combine(Folder, "plugins", "SpiNNaker2Emu"));
        Copy(build["DivergingPlugin"].Single()!, Path.Combine(Folder, "plugins", "Diverging"));
        return WithFile("plugins/Diverging/neurohal-plugin.json",
            """{ "id": "Diverging", "version": "0.1.0", "contractVersion": "1.0.0", "entryAssembly": "DivergingPlugin.dll" }""");
    }

    /// <summary>Runs it to its end, as a process of its own.</summary>
    public async Task<Outcome> RunProcessAsync(params string[] args)
    {
        using Process process = Start(args);
        return await EndOfAsync(process);
    }

    /// <summary>What a started process came to.</summary>
    public static async Task<Outcome> EndOfAsync(Process process)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Reads what a started process says on its error stream, up to a line that begins so.</summary>
    /// <returns>That line.</returns>
    public static async Task<string> LineAsync(Process process, string start)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
        Assert.Fail($"It ended without saying '{start}': {await process.StandardOutput.ReadToEndAsync(cancellation)}");
        return "";
    }

    /// <summary>Sends a signal, such as <c>TERM</c>, to a process.</summary>
    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    /// <summary>Starts it without waiting for its end.</summary>
    public Process Start(params string[] args) => StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "neurohal.dll"), .. args]);

    /// <summary>Starts a shell with a script, in the same surroundings; a folder <c>bin</c> in the working folder is on its path.</summary>
    public Process StartShell(string shell, string script)
    {
        _environment["PATH"] = $"{Path.Combine(Folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        return StartProgram(shell, ["-c", script]);
    }

    private Process StartProgram(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string key, string? value) in _environment)
        {
            start.Environment[key] = value;
        }
        return Process.Start(start)!;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal sealed record Outcome(int Code, string Output, string Error)
    {
        /// <summary>It ended with this exit code, and nothing on the error stream is an error.</summary>
        public void Succeeds(int code = 0)
        {
            Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Output}\n{Error}");
            Assert.DoesNotContain("error:", Error, StringComparison.Ordinal);
        }

        /// <summary>One clear line at the end of the error stream, with this in it.</summary>
        public void FailsWith(int code, params string[] parts)
        {
            Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Output}\n{Error}");
            string[] lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string line = Assert.Single(lines, l => l.StartsWith("error:", StringComparison.Ordinal));
            Assert.Equal(line, lines[^1]);
            Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        }
    }
}
