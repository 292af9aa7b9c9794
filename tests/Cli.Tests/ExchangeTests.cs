using System.Text.Json.Nodes;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Digits;
using NeuroHal.Results;
using SkiaSharp;

namespace NeuroHal.Cli.Tests;

/// <summary>A run's network on other devices, in other tools, and back.</summary>
public sealed class ExchangeTests(ExchangeTests.FinishedRun finished) : IClassFixture<ExchangeTests.FinishedRun>
{
    [Theory]
    [InlineData("ReferenceCpu", 1)]
    [InlineData("SpiNNaker2Emu", 3)]
    public async Task Evaluating_on_any_backend_gives_the_accuracy_of_the_result(string backend, int cores)
    {
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("evaluate", "run", "--backend", backend, "--cores", $"{cores}");
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
        Assert.Contains("The accuracy is that of result.json.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(finished.Run.Weights.Sha256[..16], outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"{finished.Run.Accuracy.Test * 100:0.00} %", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_evaluating_took_is_told_in_full_and_by_class()
    {
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("evaluate", "run", "--backend", "SpiNNaker2Emu", "--cores", "2", "--lanes", "4", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        JsonNode json = JsonNode.Parse(outcome.Output)!;
        Assert.Equal((1, "evaluate", true), ((int)json["schemaVersion"]!, (string)json["command"]!, (bool)json["isThatOfTheRun"]!));
        Assert.Equal(("PL3", "race-to-idle"), ((string)json["device"]!["level"]!, (string)json["device"]!["policy"]!));
        Assert.Equal((4, "sram", 2), ((int)json["lanes"]!, (string)json["weightPlacement"]!, json["memory"]!["cores"]!.AsArray().Count));
        int images = (int)json["dataset"]!["test"]!;
        JsonNode time = json["time"]!, energy = json["energy"]!, one = json["energyPerImage"]!;
        Assert.Equal((double)time["deviceSeconds"]! / images, (double)time["secondsPerImage"]!, 12);
        Assert.Equal((double)time["secondsPerImage"]! * 4, (double)time["latencySeconds"]!, 12);
        Assert.False((bool)time["startIncluded"]!);
        Assert.InRange((double)energy["joules"]!, (double)energy["low"]!, (double)energy["high"]!);
        Assert.Equal("modelled", (string?)energy["method"]);
        Assert.All(new[] { "joules", "low", "high" }, figure => Assert.Equal((double)energy[figure]! / images, (double)one[figure]!, 12));
        Assert.Equal("sparse-forward", json["kernels"]!.AsArray().Select(k => (string)k!["name"]!).First(n => n.StartsWith("sparse", StringComparison.Ordinal)));
        // The same network on the same images: NeuroBench's metrics are those of its run, but for the footprint, which has no more room than it needs.
        JsonNode metrics = json["metrics"]!;
        Assert.Equal(finished.Run.Metrics!.SynapticOperations.EffectiveMacs, (double)metrics["synapticOperations"]!["effectiveMacs"]!);
        Assert.Equal(finished.Run.Metrics.ConnectionSparsity, (double)metrics["connectionSparsity"]!);
        int[][] confusion = [.. json["confusion"]!.AsArray().Select(row => row!.AsArray().Select(n => (int)n!).ToArray())];
        Assert.Equal(images, confusion.Sum(row => row.Sum()));
        Assert.Equal((double)json["accuracy"]! * images, confusion.Index().Sum(row => row.Item[row.Index]), 6);
        JsonArray classes = json["classes"]!.AsArray();
        Assert.Equal(10, classes.Count);
        Assert.All(classes, c => Assert.Equal(confusion[(int)c!["class"]!][(int)c["class"]!], (int)c["correct"]!));
    }

    [Fact]
    public async Task A_network_of_no_run_is_measured_too()
    {
        (await finished.Neurohal.RunAsync("export", "run", "--format", "npz", "--output", "alone.npz")).Succeeds();
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("evaluate", "alone.npz", "--dataset", "digits", "--test-limit", "200");
        outcome.Succeeds();
        foreach (string row in new[] { "connection sparsity", "activation sparsity", "synaptic operations", "footprint of the network", "energy an image", "latency", "most often taken for" })
        {
            Assert.Contains(row, outcome.Output, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("As it was trained", outcome.Error, StringComparison.Ordinal);
        Neurohal.Outcome host = await finished.Neurohal.RunAsync("evaluate", "alone.npz", "--dataset", "digits", "--test-limit", "20", "--backend", "ReferenceCpu");
        Assert.Contains(", with start-up", host.Output, StringComparison.Ordinal);
        Assert.Contains("includes compiling the program as it starts", host.Output, StringComparison.Ordinal);
        (await finished.Neurohal.RunAsync("evaluate", "alone.npz", "--dataset", "digits", "--lanes", "5000")).FailsWith(2, "training:lanes is 5000; it must be 1 to 1024");
    }

    [Fact]
    public async Task A_network_that_does_not_fit_is_told_what_helps_and_what_its_inference_takes()
    {
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("evaluate", "run", "--backend", "SpiNNaker2Emu", "--lanes", "64");
        outcome.FailsWith(3, "It would fit with --lanes 4");
        Assert.DoesNotContain("errors", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("connectivity", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_goes_to_onnx_and_back_and_is_trained_on()
    {
        Neurohal neurohal = finished.Neurohal;
        string hash = finished.Run.Weights.Sha256;
        Neurohal.Outcome exported = await neurohal.RunAsync("export", "run", "--format", "onnx", "--output", "there.onnx");
        Assert.True(exported.Code == 0, exported.Error);
        Assert.Contains(hash, exported.Output, StringComparison.Ordinal);
        (await neurohal.RunAsync("export", "run", "--format", "onnx", "--output", "there.onnx")).FailsWith(2, "'there.onnx' is there already");
        Neurohal.Outcome imported = await neurohal.RunAsync("import", "there.onnx", "--output", "back");
        Assert.True(imported.Code == 0, imported.Error);
        Assert.Contains(hash, imported.Output, StringComparison.Ordinal);
        (await neurohal.RunAsync("import", "there.onnx", "--output", "back")).FailsWith(2, "'back' already holds network.npz");
        Neurohal.Outcome trained = await neurohal.RunAsync(
            "train", "--initial", "back", "--backend", "ReferenceCpu", "--dataset", "digits", "--limit", "100", "--epochs", "1", "--output", "on");
        Assert.True(trained.Code == 0, trained.Error);
        RunRecord on = Assert.Single(RunDirectory.Read(Path.Combine(neurohal.Folder, "on"))).Run;
        Assert.Equal(hash, on.Initial!.Sha256);
        (await neurohal.RunAsync("train", "--initial", "back", "--backend", "ReferenceCpu", "--layers", "784-200-10", "--connectivity", "0.1,0.1"))
            .FailsWith(2, "784-300-100-10", "784-200-10");
    }

    [Fact]
    public async Task Exporting_to_C_says_what_it_takes_and_other_formats_are_refused()
    {
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("export", "run", "--format", "c", "--output", "lenet.c");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("Flash: 22,952 B of constants, and the code; RAM: 1,600 B", outcome.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(finished.Neurohal.Folder, "lenet.h")));
        (await finished.Neurohal.RunAsync("export", "run", "--format", "tflite")).FailsWith(2, "onnx, npz, safetensors, c");
        (await finished.Neurohal.RunAsync("evaluate", "nowhere")).FailsWith(2, "'nowhere' is neither");
    }

    [Fact]
    public async Task Predicting_says_what_an_image_shows_and_what_was_done_to_it()
    {
        LabeledImages test = DigitsDataset.Generate(seed: 1, train: 1, test: 1).Test;
        string file = Path.Combine(finished.Neurohal.Folder, "digit.png");
        using (var bitmap = new SKBitmap(new SKImageInfo(28, 28, SKColorType.Gray8, SKAlphaType.Opaque)))
        {
            test.Pixels.Span.CopyTo(bitmap.GetPixelSpan());
            using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(file, data.ToArray());
        }
        Neurohal.Outcome outcome = await finished.Neurohal.RunAsync("predict", "run", "digit.png", "--backend", "ReferenceCpu");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("digit.png", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("its edge is dark, so not inverted", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("ReferenceCpu (host), host: ", outcome.Output, StringComparison.Ordinal);
        Neurohal.Outcome emulated = await finished.Neurohal.RunAsync("predict", "run", "digit.png", "--backend", "SpiNNaker2Emu");
        Assert.Contains("modelled, ", emulated.Output, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse((await finished.Neurohal.RunAsync("predict", "run", "digit.png", "digit.png", "--backend", "SpiNNaker2Emu", "--json")).Output)!;
        Assert.Equal("predict", (string?)json["command"]);
        Assert.Equal(2, json["images"]!.AsArray().Count);
        Assert.Equal(10, json["images"]![1]!["probabilities"]!.AsArray().Count);
        Assert.Equal((double)json["energy"]!["high"]! / 2, (double)json["energyPerImage"]!["high"]!, 12);
        Assert.True((double)json["time"]!["deviceSeconds"]! > 0);
        (await finished.Neurohal.RunAsync("predict", "run", "run/result.json")).FailsWith(2, "run/result.json: It is no PNG file");
        (await finished.Neurohal.RunAsync("predict", "run", "digit.png", "--invert", "perhaps")).FailsWith(2, "auto, yes or no");
    }

    /// <summary>A run on a few digits, made once.</summary>
    public sealed class FinishedRun : IAsyncLifetime
    {
        internal Neurohal Neurohal { get; } = new();

        internal RunRecord Run { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Neurohal.Outcome outcome = await Neurohal.RunAsync(
                "train", "--backend", "ReferenceCpu", "--dataset", "digits", "--limit", "200", "--epochs", "1", "--output", "run");
            Assert.True(outcome.Code == 0, outcome.Error);
            Run = Assert.Single(RunDirectory.Read(Path.Combine(Neurohal.Folder, "run"))).Run;
        }

        public ValueTask DisposeAsync()
        {
            Neurohal.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
