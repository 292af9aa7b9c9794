using System.Text.Json.Nodes;

namespace NeuroHal.Cli.Tests;

/// <summary>A run that is tested with some of the test images only.</summary>
public sealed class TestLimitTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task The_first_test_images_decide_the_accuracy_in_evaluation_too()
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        (await _neurohal.RunAsync(["train", "--output", run, "--test-limit", "30", .. Neurohal.Small])).Succeeds();
        JsonNode result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(run, "result.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(30, (int?)result["dataset"]!["test"]);
        double right = (double)result["accuracy"]!["test"]! * 30;
        Assert.Equal(Math.Round(right), right, 9);
        Neurohal.Outcome same = await _neurohal.RunAsync("evaluate", run);
        same.Succeeds();
        Assert.Contains("digits, 30 test images", same.Output, StringComparison.Ordinal);
        Assert.Contains("The accuracy is that of result.json.", same.Output, StringComparison.Ordinal);
        Assert.Contains("tested on other images (30 of digits)", (await _neurohal.RunAsync("evaluate", run, "--test-limit", "40")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_there_are_is_said_and_less_than_one_is_an_error()
    {
        Neurohal.Outcome all = await _neurohal.RunAsync(["train", .. Neurohal.Small, "--test-limit", "999999999"]);
        all.Succeeds();
        Assert.Contains("dataset:testLimit is 999,999,999, but digits has 4,000 test images", all.Error, StringComparison.Ordinal);
        Assert.Contains("20 + 4,000", all.Output, StringComparison.Ordinal);
        (await _neurohal.RunAsync(["train", .. Neurohal.Small, "--test-limit", "0"])).FailsWith(2, "dataset:testLimit is 0; it must be at least 1.");
    }
}
