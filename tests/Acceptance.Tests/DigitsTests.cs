namespace NeuroHal.Acceptance.Tests;

/// <summary>What works without any data set: the first command of the README.</summary>
public sealed class DigitsTests
{
    [Fact]
    public async Task Without_data_and_network_the_first_command_trains_on_the_built_in_digits_and_says_so()
    {
        using var neurohal = new Neurohal();
        Neurohal.Outcome run = await neurohal.RunProcessAsync("train", "--epochs", "1", "--limit", "100");
        run.Succeeds();
        string line = Assert.Single(run.Error.Split('\n'), l => l.Contains("built-in digits", StringComparison.Ordinal));
        Assert.Contains("NEUROHAL_DATA", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paper", "SpiNNaker2Emu")]
    [InlineData("fast", "ReferenceCpu")]
    public async Task The_sparse_network_is_clearly_better_on_them_than_a_linear_classifier(string preset, string backend)
    {
        // A linear classifier reaches 87 % (Datasets.Tests).
        TrainedRun run = await TrainedRun.TrainAsync("--dataset", "digits", "--preset", preset, "--backend", backend);
        Assert.InRange(run.Accuracy, 0.935, 0.99);
        Assert.InRange(run.MaxActive, 1, 3552);
    }
}
