using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Tests;

/// <summary>Training that comes to infinity is traced to the step where it did.</summary>
public sealed class NonFiniteTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("500", "200", "1")]
    [InlineData("20", "1000", "0.2")]
    public async Task The_step_the_layer_and_the_kernel_are_named(string rate, string limit, string every)
    {
        string[] options = ["--dataset", "digits", "--limit", limit, "--epochs", "4", "--set", $"training:learningRate={rate}", "--checkpoint-every", every];
        Neurohal.Outcome run = await _neurohal.RunAsync(["train", .. options, "--output", "run"]);
        run.FailsWith(1, "error: Training has diverged ");
        string line = Assert.Single(run.Error.Split('\n'), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Matches(@"in epoch \d, at sample [\d,]+: [a-z-]+ on core 0 left (NaN|-?Infinity) in '(layer|activations|errors|tally)[^']*', element \d+\. Lower training:learningRate, \d+ where the preset paper has 0\.05\.$", line);
        JsonNode found = JsonNode.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "run", "result.json")))!["nonFinite"]!;
        // What a step leaves behind shows at its end or, where rewiring or a ReLU takes it away again, only within it.
        (int epoch, int sample) = await FirstLeftBehindAsync(rate, limit);
        Assert.Equal(epoch, (int)found["epoch"]!);
        Assert.InRange((int)found["sample"]!, 1, sample);
    }

    /// <summary>The first step after which any number of the training state is not finite, by looking at all of it after each.</summary>
    private static async Task<(int Epoch, int Sample)> FirstLeftBehindAsync(string rate, string limit)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("dataset:name", "digits"), new("dataset:limit", limit), new("training:learningRate", rate),
        ]).Build();
        RunSettings settings = RunSettings.Read(configuration);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, Terminal.OfProcess().Silent(), TestContext.Current.CancellationToken);
        await using IDevice device = new PluginCatalog(configuration).Open(settings.Backend, settings.Device);
        var trainer = new Trainer(device, settings.Training);
        LoadedSamples samples = trainer.Load("samples", data.Train);
        (int, int)? first = null;
        trainer.StepDone = done => first ??= trainer.SaveState().IsFinite ? null : (trainer.Epoch, done);
        while (first is null)
        {
            trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);
        }
        return first.Value;
    }
}
