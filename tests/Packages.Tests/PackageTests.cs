using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace NeuroHal.Packages.Tests;

/// <summary>What is in the packages, and what is not.</summary>
[Trait("Category", "Long")]
public sealed class PackageTests(Workshop workshop)
{
    private static readonly string[] _libraries = ["Abstractions", "Conformance", "DeepR", "Kernels"];

    [Fact]
    public async Task The_contract_the_kernels_the_algorithm_the_kit_the_templates_and_the_command_line_are_packed_and_nothing_else()
    {
        await workshop.OpenAsync();
        Assert.Equal(
            [.. _libraries, "Templates", "Tool"],
            Directory.EnumerateFiles(workshop.Feed, "*.nupkg").Select(f => Path.GetFileName(f).Split('.')[1]).Order());
        Assert.Equal([.. _libraries, "Tool"], Directory.EnumerateFiles(workshop.Feed, "*.snupkg").Select(f => Path.GetFileName(f).Split('.')[1]).Order());
    }

    [Fact]
    public async Task Each_has_a_description_a_licence_a_readme_comments_and_no_path_of_the_machine_that_built_it()
    {
        await workshop.OpenAsync();
        foreach (string name in _libraries)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(workshop.Feed, $"NeuroHAL.{name}.{workshop.Version}.nupkg"));
            XElement metadata = XDocument.Parse(Encoding.UTF8.GetString(Content(package, $"NeuroHAL.{name}.nuspec")).TrimStart('\uFEFF')).Root!.Elements().Single();
            Assert.Equal("MIT", Field(metadata, "license"));
            Assert.NotEmpty(Field(metadata, "description"));
            Assert.StartsWith($"# NeuroHAL.{name}", Encoding.UTF8.GetString(Content(package, Field(metadata, "readme"))), StringComparison.Ordinal);
            Assert.NotEmpty(Content(package, $"lib/net10.0/NeuroHal.{name}.xml"));
            string assembly = Encoding.Latin1.GetString(Content(package, $"lib/net10.0/NeuroHal.{name}.dll"));
            Assert.False(assembly.Contains(Workshop.Repository, StringComparison.Ordinal), $"{name} holds {Workshop.Repository}");
        }
    }

    [Fact]
    public void The_samples_ask_for_the_version_that_is_packed()
    {
        string versions = File.ReadAllText(Path.Combine(Workshop.Repository, "samples", "Directory.Packages.props"));
        Assert.Contains($">{Workshop.RepositoryVersion}</NeuroHalVersion>", versions, StringComparison.Ordinal);
    }

    private static string Field(XElement metadata, string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;

    private static byte[] Content(ZipArchive package, string entry)
    {
        using Stream stream = (package.GetEntry(entry) ?? throw new FileNotFoundException(entry)).Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
