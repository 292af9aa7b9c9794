using System.Text.Json;

namespace NeuroHal.Cli.Tests;

/// <summary>What goes where: results, talk, errors, documents.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task Results_go_to_the_standard_output_and_talk_to_the_error_stream_in_plain_lines()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["train", .. Neurohal.Small]);
        run.Succeeds();
        Assert.Contains("weights (SHA-256)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch", run.Output, StringComparison.Ordinal);
        Assert.Contains("bytes of SRAM", run.Error, StringComparison.Ordinal);
        string[] epochs = [.. run.Error.Split('\n').Where(l => l.StartsWith("epoch ", StringComparison.Ordinal))];
        Assert.Equal(2, epochs.Length);
        Assert.All(epochs, e => Assert.Matches(
            @"^epoch [12]/2: training accuracy [\d.]+ %, 392 connections \([\d,]+ rewired\), [\d.]+ \w+ emulated, [\d.]+ \w?J \[[\d., ]+\], [\d,]+ samples/s on this host, 0:\d\d:\d\d left$", e));
        Assert.DoesNotContain(run.Output + run.Error, c => c is '\u001b' or '\r');
    }

    [Fact]
    public async Task Quiet_leaves_the_result_and_errors()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["train", "--quiet", .. Neurohal.Small]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("weights (SHA-256)", run.Output, StringComparison.Ordinal);
        Neurohal.Outcome wrong = await _neurohal.RunAsync("train", "-q", "--preset", "slow");
        wrong.FailsWith(2, "Unknown preset 'slow'");
        Assert.Equal("", wrong.Output);
    }

    [Fact]
    public async Task The_document_of_a_training_is_its_result_file()
    {
        Neurohal.Outcome train = await _neurohal.RunAsync(["train", "--json", "--output", "run", .. Neurohal.Small]);
        train.Succeeds();
        Assert.Equal(File.ReadAllText(Path.Combine(_neurohal.Folder, "run", "result.json")), train.Output.TrimEnd());
    }

    [Theory]
    [InlineData("plan", 0, "plan")]
    [InlineData("plan", 3, "plan", "--connectivity", "0.02,0.06,0.6")]
    [InlineData("backends", 0, "backends")]
    [InlineData("verify", 0, "backends", "verify", "ReferenceCpu")]
    [InlineData("pin", 0, "backends", "pin", "ReferenceCpu")]
    [InlineData("data", 0, "data")]
    [InlineData("compare", 0, "compare", "small")]
    [InlineData("compare", 0, "compare", "--find-divergence", "small")]
    [InlineData("train", 0, "train", "--record", "run.rec", "small")]
    [InlineData("sensitivity", 0, "sensitivity", "small")]
    public async Task Json_is_one_document_in_camel_case_and_nothing_else(string command, int code, params string[] args)
    {
        string[] all = [.. args.SelectMany(a => a == "small" ? Neurohal.Small : [a])];
        Neurohal.Outcome run = await _neurohal.RunAsync([.. all, "--json"]);
        Assert.True(run.Code == code, run.Error);
        using JsonDocument document = JsonDocument.Parse(run.Output); // fails if anything comes before or behind
        Assert.Equal(command, document.RootElement.GetProperty("command").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("schemaVersion").GetInt32());
        RequireCamelCase(document.RootElement);
    }

    [Fact]
    public async Task A_command_that_fails_leaves_the_standard_output_to_the_next()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("train", "--json", "--preset", "slow");
        run.FailsWith(2, "Unknown preset");
        Assert.Equal("", run.Output);
    }

    private static void RequireCamelCase(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                Assert.True(char.IsLower(property.Name[0]) && !property.Name.Contains('_', StringComparison.Ordinal), property.Name);
                RequireCamelCase(property.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                RequireCamelCase(item);
            }
        }
    }
}
