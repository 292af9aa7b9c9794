using System.Diagnostics;
using System.Reflection;
using NeuroHal.Packages.Tests;

[assembly: AssemblyFixture(typeof(Workshop))]

namespace NeuroHal.Packages.Tests;

/// <summary>
/// What an author of a plugin has: the packages in a feed, the command line, an empty folder outside of the repository. The
/// packages are packed once, under a version that no cache has seen; what is restored or installed goes into folders of
/// its own and leaves no trace on the user's.
/// </summary>
public sealed class Workshop : IDisposable
{
    private static readonly ILookup<string, string?> _build = typeof(Workshop).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value);

    private readonly string _root = Directory.CreateTempSubdirectory("neurohal-packages-").FullName;
    private readonly Lazy<Task> _packed;
    private readonly Lazy<Task<string>> _samples;

    public Workshop()
    {
        _packed = new Lazy<Task>(PackAsync);
        _samples = new Lazy<Task<string>>(CopySamplesAsync);
    }

    public static string Repository { get; } = _build["RepoRoot"].Single()!;

    /// <summary>The version in the repository.</summary>
    public static string RepositoryVersion { get; } = _build["Version"].Single()!;

    /// <summary>The version of the packages in the feed.</summary>
    public string Version { get; } = $"{RepositoryVersion}-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    public string Feed => Path.Combine(_root, "feed");

    /// <summary>Packs, once for all tests; a test that asks for it is a long one.</summary>
    public Task OpenAsync()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "runs commands in bash.");
        return _packed.Value;
    }

    public string EmptyFolder() => Directory.CreateDirectory(Path.Combine(_root, Path.GetRandomFileName())).FullName;

    /// <summary>The samples, copied here as somebody would copy them, and built once for all tests.</summary>
    public async Task<string> SamplesAsync()
    {
        await OpenAsync();
        return await _samples.Value;
    }

    /// <summary>Runs commands in bash, where <c>neurohal</c> is the built command line and <c>$FEED</c> the packages.</summary>
    public async Task<Outcome> RunAsync(string folder, string commands)
    {
        string neurohal = $"neurohal() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "neurohal.dll")}' \"$@\"; }}\n";
        var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", neurohal + commands])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner and the user have set is not an author's.
        string[] foreign = ["NEUROHAL", "MSBUILD", "DOTNET_CLI", "TESTINGPLATFORM", "NUGET", "CI"];
        foreach (string name in start.Environment.Keys.Where(k => foreign.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }
        start.Environment["FEED"] = Feed;
        start.Environment["NeuroHalVersion"] = Version;
        start.Environment["DOTNET_CLI_HOME"] = Path.Combine(_root, "home");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "packages");
        // Other people's packages are taken from where the build of this test got them.
        start.Environment["RestoreFallbackFolders"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task PackAsync()
    {
        Outcome pack = await RunAsync(
            Repository,
            $"CI=true dotnet pack -c Release NeuroHAL.Packages.slnf -p:Version={Version} -o \"$FEED\" --artifacts-path {Path.Combine(_root, "artifacts")}");
        pack.Succeeds();
    }

    private async Task<string> CopySamplesAsync()
    {
        string folder = EmptyFolder();
        string samples = Path.Combine(Repository, "samples");
        foreach (string file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(samples, file);
            if (!relative.StartsWith("artifacts", StringComparison.Ordinal) && relative != "nuget.config")
            {
                string copy = Path.Combine(folder, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
        (await RunAsync(folder, """
            dotnet new nugetconfig
            dotnet nuget add source "$FEED" --name neurohal --configfile nuget.config
            dotnet build -c Release NullBackend
            dotnet build -c Release WideMac/WideMac.Tests
            """)).Succeeds();
        return folder;
    }

    public sealed record Outcome(int Code, string Output, string Error)
    {
        /// <summary>What was printed, of commands that went well.</summary>
        public string Succeeds()
        {
            Assert.True(Code == 0, $"exit code {Code}\n{Output}\n{Error}");
            return Output;
        }
    }
}
