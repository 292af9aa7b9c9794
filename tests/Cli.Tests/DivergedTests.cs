using System.Text.Json.Nodes;

namespace NeuroHal.Cli.Tests;

/// <summary>A training that diverged has failed, and what it came to is kept.</summary>
public sealed class DivergedTests : IDisposable
{
    private static readonly string[] _few = ["--dataset", "digits", "--limit", "200", "--epochs", "4"];

    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task It_is_an_error_that_names_the_setting_that_is_absurd_and_the_result_is_there()
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        Neurohal.Outcome outcome = await _neurohal.RunAsync(["train", "--quiet", "--set", "training:noise=1e30", "--output", run, .. _few]);
        outcome.FailsWith(1, "Training has diverged in epoch ", "Lower training:noise, 1E+30 where the preset paper has 0.0003.");
        Assert.DoesNotContain("learningRate", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("test accuracy", outcome.Output, StringComparison.Ordinal);
        Assert.InRange((int)JsonNode.Parse(File.ReadAllText(Path.Combine(run, "result.json")))!["nonFinite"]!["epoch"]!, 1, 4);
        Assert.True(File.Exists(Path.Combine(run, "network.npz")));
    }

    [Fact]
    public async Task Where_nothing_is_above_the_preset_the_learning_rate_is_what_to_lower()
    {
        Assert.Equal(
            "Lower the learning rate, for instance by --set training:learningRate=0.005.",
            NonFinite.DivergenceAdvice.Of(DeepR.Presets.Paper, "paper"));
        Neurohal.Outcome compared = await _neurohal.RunAsync(
            ["compare", "--backends", "ReferenceCpu", "--set", "training:learningRate=500", .. _few]);
        compared.FailsWith(1, "paper on ReferenceCpu: Training has diverged", "Lower training:learningRate, 500 where the preset paper has 0.05.");
    }
}
