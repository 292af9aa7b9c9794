using CsCheck;
using NeuroHal.DeepR.Inference;
using NeuroHal.DeepR.Metrics;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>A trained network that is used as it is: what it says, and what it takes.</summary>
public sealed class InferenceTests
{
    private static readonly SampleSet _samples = Some.Quarters(50);

    private static readonly TrainingOptions _options = Some.SmallNetwork with { Layers = [16, 12, 8, 4], Connectivity = [0.25, 0.4, 0.5], InitialScale = 0.5f };

    [Fact]
    public void It_says_what_it_said_where_it_was_trained_on_every_backend_with_any_cores_lanes_and_place_of_weights()
    {
        var trained = new Trainer(RealDevices.Open("ReferenceCpu"), _options);
        LoadedSamples there = trained.Load("samples", _samples);
        trained.TrainEpoch(there, cancellation: TestContext.Current.CancellationToken);
        NetworkSnapshot network = trained.ReadNetwork();
        double accuracy = trained.Evaluate(there, TestContext.Current.CancellationToken);
        float[][] sums = trained.ReadSums(there, TestContext.Current.CancellationToken);
        var confusion = ConfusionMatrix.Of(network, _samples);
        Assert.Equal(accuracy * _samples.Count, confusion.Correct);
        Assert.Equal(_samples.Count, confusion.Counts.Sum(row => row.Sum()));
        for (int i = 0; i < _samples.Count; i++)
        {
            Assert.True(confusion.Counts[_samples.Labels.Span[i]][sums[i].IndexOf(sums[i].Max())] > 0);
        }

        Gen.Select(Gen.Bool, Gen.Int[1, 6], Gen.Int[1, 20], Gen.Bool).Sample(
            (emulated, cores, lanes, streamed) =>
            {
                IDevice device = RealDevices.Open(emulated ? "SpiNNaker2Emu" : "ReferenceCpu", Math.Min(cores, emulated ? 4 : 6));
                var options = new InferenceOptions { Lanes = lanes, Weights = streamed ? WeightPlacement.Dram : WeightPlacement.Sram };
                var classifier = new Classifier(device, network, options);
                Assert.Equal(sums, classifier.ReadSums(classifier.Load("samples", _samples)));
                Assert.Equal(accuracy, classifier.Evaluate(classifier.Load("again", _samples)));
                Assert.All(classifier.Plan.Cores, c => Assert.Equal(c.Regions, device.Cores[c.Core].Sram.Map));
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public void Nothing_that_only_training_needs_is_on_a_core()
    {
        NetworkSnapshot network = Network(784, 300, 100, 10);
        MemoryPlan training = MemoryPlan.Make(Presets.Paper, Some.Device(65_536));
        MemoryPlan plan = new Classifier(RealDevices.Open("SpiNNaker2Emu"), network, new InferenceOptions()).Plan;
        Assert.Equal(NetworkUse.Inference, plan.Use);
        string[] names = [.. plan.Cores[0].Regions.Select(r => r.Name)];
        Assert.Equal(
            ["code of kernels", "code of runtime (assumed)", "stack (assumed)", "activations 1", "activations 2", "activations 3"], names[..6]);
        Assert.Equal(["image buffer 0", "image buffer 1", "tally"], names[^3..]);
        Assert.DoesNotContain(names, n => new[] { "error", "random", "scratch", "velocity", "gradient" }.Any(only => n.Contains(only, StringComparison.Ordinal)));
        Assert.Equal(1_844, plan.Cores[0].Regions[0].Size.Count);
        Assert.True(plan.Cores[0].Needed < training.Cores[0].Needed);
    }

    [Fact]
    public void As_many_lanes_are_taken_as_fit_and_divide_what_there_may_be()
    {
        NetworkSnapshot network = Network(784, 300, 100, 10);
        int Lanes(int most) => new Classifier(RealDevices.Open("SpiNNaker2Emu"), network, new InferenceOptions { MostLanes = most }).Plan.Lanes;
        Assert.Equal([1, 5, 4], new[] { 1, 10, 32 }.Select(Lanes));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_helps_a_network_that_cannot_be_made_smaller()
    {
        string Refusal(NetworkSnapshot network, InferenceOptions options) => Assert.Throws<PlanDoesNotFitException>(
            () => new Classifier(RealDevices.Open("SpiNNaker2Emu"), network, options)).Message;
        NetworkSnapshot wide = Network(784, 700, 700, 10);
        Assert.EndsWith(
            "It would fit with --cores 2, or with --weights dram, or on a device with more memory a core, such as another profile.", Refusal(wide, new()), StringComparison.Ordinal);
        Assert.EndsWith("It would fit with --cores 2 --lanes 1, or with --weights dram --lanes 1, or on a device with more memory a core, such as another profile.", Refusal(wide, new() { Lanes = 16 }), StringComparison.Ordinal);
        Assert.Contains("It would fit with --cores 3 --weights dram, or on", Refusal(Network(784, 1700, 1700, 10), new()), StringComparison.Ordinal);
        Assert.EndsWith(
            "No fewer lanes, more cores and weights in external memory would make it fit; it takes a device with more memory a core, such as another profile.",
            Refusal(Network(784, 20_000, 10), new()), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_without_any_connection_are_divided_too()
    {
        var network = new NetworkSnapshot([new LayerSnapshot(16, 4, 3, [new(0, 0, 1, false), new(0, 1, 1, true), new(0, 2, 1, false)])]);
        TrainingOptions training = _options with { Layers = [16, 4], Connectivity = network.Connectivity };
        Assert.Throws<BadArgumentException>(() => MemoryPlan.Make(training, Some.Device(65_536) with { Cores = 3 }, network));
        float[][] Sums(int cores)
        {
            var classifier = new Classifier(RealDevices.Open("SpiNNaker2Emu", cores), network, new InferenceOptions());
            return classifier.ReadSums(classifier.Load("samples", _samples));
        }
        Assert.Equal(Sums(1), Sums(3));
    }

    private static NetworkSnapshot Network(params int[] sizes) => new([.. sizes.Zip(sizes.Skip(1), (inputs, outputs) => new LayerSnapshot(
        inputs, outputs, outputs * 8, [.. Enumerable.Range(0, outputs * 8).Select(i => new Connection((ushort)(i / 8), (ushort)((i % 8) + 1), 1, i % 3 == 0))]))]);
}
