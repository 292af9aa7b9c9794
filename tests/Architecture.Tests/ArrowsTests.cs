using System.Xml.Linq;

namespace NeuroHal.Architecture.Tests;

/// <summary>Who may know whom. The arrows of docs/architecture.md, and nothing else.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> _mayReference = new()
    {
        ["Abstractions"] = [],
        ["Kernels"] = ["Abstractions"],
        ["DeepR"] = ["Abstractions", "Kernels"],
        ["StandardDeepR"] = [],
        ["ReferenceCpu"] = ["Abstractions"],
        ["SpiNNaker2Emu"] = ["Abstractions"],
        ["Hosting"] = ["Abstractions"],
        ["Datasets"] = ["Abstractions"],
        ["Checkpoints"] = ["Abstractions"],
        ["Conformance"] = ["Abstractions", "Kernels", "DeepR"],
        ["Lockstep"] = ["Abstractions"],
        ["Exchange"] = ["Abstractions", "DeepR", "Checkpoints"],
        ["Results"] = ["Abstractions", "DeepR", "Checkpoints"],
        ["Reports"] = ["Abstractions", "DeepR", "Checkpoints", "Results", "Exchange"],
        ["LiveView"] = ["Abstractions"],
        ["Sweeps"] = ["Abstractions", "Checkpoints", "Results"],
        ["Cli"] = ["Abstractions", "Kernels", "DeepR", "StandardDeepR", "Hosting", "Datasets", "Checkpoints", "Conformance", "Lockstep", "Exchange", "Results", "Reports", "LiveView", "Sweeps"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Source, f))];

    private static string Source { get; } = Path.Combine(Root(), "src");

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_above_it(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(_mayReference.TryGetValue(name, out string[]? allowed), $"{name} is not in the table of arrows; decide who it may know.");
        Assert.Empty(References(project).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_code_of_a_project_names_no_namespace_below_it(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string[] forbidden = [.. _mayReference.Keys.Except(_mayReference[name]).Except([name, "Abstractions"]).Select(n => $"NeuroHal.{n}")];
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Path.Combine(Source, project))!, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain(forbidden, f => text.Contains($"using {f};", StringComparison.Ordinal) || text.Contains($"{f}.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_contract_depends_on_nothing_but_extension_abstractions()
    {
        IEnumerable<string> packages = Project("Abstractions/Abstractions.csproj").Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);
        Assert.All(packages, p => Assert.Matches(@"^Microsoft\.Extensions\..+\.Abstractions$", p));
    }

    [Fact]
    public void The_command_line_builds_the_backends_but_does_not_know_them()
    {
        XElement backends = Assert.Single(
            Project("Cli/Cli.csproj").Descendants("ProjectReference"), r => r.Attribute("Include")!.Value.Contains("Backends", StringComparison.Ordinal));
        Assert.Equal("false", backends.Attribute("ReferenceOutputAssembly")?.Value);
    }

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.DoesNotContain(SourceFiles(), file => File.ReadLines(file).Count() > 400);

    [Fact]
    public void No_type_is_named_for_being_a_place_to_put_things() =>
        Assert.DoesNotContain(SourceFiles(), file => new[] { "Helper", "Util", "Manager", "Common" }
            .Any(word => Path.GetFileName(file).Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> SourceFiles() => new[] { "src", "calibration" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<string> References(string project)
    {
        // Backends get their one reference from the properties they share.
        IEnumerable<XElement> own = Project(project).Descendants("ProjectReference");
        IEnumerable<XElement> shared = project.StartsWith("Backends", StringComparison.Ordinal)
            ? Project("Backends/Directory.Build.props").Descendants("ProjectReference")
            : [];
        return own.Concat(shared)
            .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
    }

    private static XDocument Project(string path) => XDocument.Load(Path.Combine(Source, path));

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "NeuroHAL.sln")))
        {
            at = at.Parent;
        }
        return at?.FullName ?? throw new InvalidOperationException("NeuroHAL.sln is not above the tests.");
    }
}
