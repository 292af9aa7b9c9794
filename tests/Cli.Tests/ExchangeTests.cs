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
