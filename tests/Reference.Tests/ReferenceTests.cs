using System.Text.Json;
using Json.Schema;

namespace NeuroHal.Reference.Tests;

/// <summary>docs/reference is what the code says.</summary>
public sealed class ReferenceTests
{
    private static string Folder => Path.Combine(ReferencePages.Repository, "docs", "reference");

    public static TheoryData<string> Pages => [.. ReferencePages.All().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_as_the_code_has_it_now(string name)
    {
        string made = ReferencePages.All().Single(p => p.Name == name).Text;
        Assert.True(
            made == File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n"), $"docs/reference/{name} is out of date: dotnet run --project tools/Reference");
    }

    [Fact]
    public void No_page_is_left_of_what_is_gone() =>
        Assert.Equal(Pages.Select(p => p.Data).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    [Theory]
    [InlineData("""{ "training": { "epochs": 3, "connectivity": [0.01, 0.03, 0.3], "rewiring": { "policy": "set" } } }""", true)]
    [InlineData("""{ "plugins": { "trust": "pinned", "pins": { "AcmeChip": "ab" } }, "backends": { "AcmeChip": { "x": { "y": [1] } } } }""", true)]
    [InlineData("""{ "training": { "epoch": 3 } }""", false)]
    [InlineData("""{ "training": { "epochs": 0.5 } }""", false)]
    [InlineData("""{ "preset": "papers" }""", false)]
    [InlineData("""{ "plugins": { "pins": { "AcmeChip": 1 } } }""", false)]
    public void The_schema_takes_what_is_a_configuration_and_nothing_else(string json, bool legal) => Assert.Equal(legal, Schema.Evaluate(Parse(json)).IsValid);

    [Fact]
    public void The_schema_takes_the_example_of_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(ReferencePages.Repository, "README.md"));
        string example = readme.Split("```json")[1].Split("```")[0];
        Assert.True(Schema.Evaluate(Parse(example)).IsValid);
    }

    private static JsonSchema Schema { get; } = JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder, "neurohal.schema.json")));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
