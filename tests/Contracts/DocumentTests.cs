using System.Text.RegularExpressions;

namespace NeuroHal.Contracts.Tests;

/// <summary>The code in docs/testing-algorithms.md is code of this project, so that it compiles and passes.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_block_of_code_in_the_document_stands_in_these_tests()
    {
        string sources = string.Join('\n', Directory.EnumerateFiles(AppContext.BaseDirectory, "*.cs").Select(f => Flat(File.ReadAllText(f))));
        string[] blocks = [.. Code().Matches(Text("testing-algorithms.md")).Select(m => m.Groups[1].Value)];
        Assert.True(blocks.Length >= 5, $"{blocks.Length} blocks");
        Assert.All(blocks, block => Assert.Contains(Flat(block), sources, StringComparison.Ordinal));
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));

    // Indentation is the document's own.
    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
