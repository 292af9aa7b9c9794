using System.Globalization;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Acceptance.Tests;

/// <summary>The published results, by whole training runs on MNIST. Minutes; run where NEUROHAL_LONG_TESTS is 1 and MNIST is there.</summary>
[Trait("Category", "Long")]
public sealed class MnistTests
{
    private const int Connections = 3552;
    private const int SramBytes = 65_536;

    public MnistTests()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        var catalog = new DatasetCatalog(DatasetEnvironment.OfProcess() with { Network = null });
        Assert.SkipWhen(catalog.Locate("mnist") is null, "MNIST is not on this machine; set NEUROHAL_DATA to its folder.");
    }

    [Fact]
    public async Task Paper_preset_on_the_emulated_chip_reaches_what_the_paper_reports_within_64_KB_and_the_CPU_the_same_bits()
    {
        var runs = new TrainedRun[5];
        await Parallel.ForAsync(0, runs.Length, TestContext.Current.CancellationToken, async (i, _) =>
            runs[i] = await Train("SpiNNaker2Emu", "paper", "--seed", (i + 1).ToString(CultureInfo.InvariantCulture)));
        foreach (TrainedRun run in runs)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"test accuracy {run.Accuracy:0.0000}, {run.LargestCoreBytes} B");
        }
        Assert.All(runs, run => Assert.InRange(run.Accuracy, 0.960, 1));
        Assert.InRange(runs.Average(r => r.Accuracy), 0.963, 1);
        Assert.All(runs, run => Assert.InRange(run.MaxActive, 1, Connections));
        Assert.All(runs, run => Assert.InRange(run.LargestCoreBytes, 1, SramBytes));

        TrainedRun cpu = await Train("ReferenceCpu", "paper", "--seed", "1");
        Assert.Equal(runs[0].Weights, cpu.Weights);
        Assert.Equal(runs[0].Accuracy, cpu.Accuracy);
    }

    [Fact]
    public async Task Fast_preset_reaches_97_5_percent_with_as_many_connections()
    {
        TrainedRun run = await Train("ReferenceCpu", "fast", "--epochs", "30");
        Assert.InRange(run.Accuracy, 0.975, 1);
        Assert.InRange(run.MaxActive, 1, Connections);
    }

    [Fact]
    public async Task Best_preset_passes_98_percent_in_a_fifth_of_its_epochs()
    {
        TrainedRun run = await Train("ReferenceCpu", "best", "--epochs", "60");
        Assert.InRange(run.Accuracy, 0.98, 1);
        Assert.InRange(run.MaxActive, 1, Connections);
    }

    [Fact]
    public async Task Rewiring_is_worth_its_while()
    {
        TrainedRun[] runs = await Task.WhenAll(
            Train("ReferenceCpu", "paper", "--rewiring", "deep-r"), Train("ReferenceCpu", "paper", "--rewiring", "static"));
        Assert.True(runs[0].Accuracy > runs[1].Accuracy + 0.01, $"deep-r {runs[0].Accuracy}, static {runs[1].Accuracy}");
    }

    private static Task<TrainedRun> Train(string backend, string preset, params string[] options) =>
        TrainedRun.TrainAsync(["--backend", backend, "--preset", preset, "--dataset", "mnist", .. options]);
}
