using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;

namespace NeuroHal.Benchmarks.Faults;

/// <summary>Short trainings of the preset fast on an emulated chip with faults.</summary>
internal sealed class FaultyTraining(Dataset set, int samples)
{
    public const int Epochs = 4;

    private readonly SampleSet _train = Samples(set.Train.Slice(0, Math.Min(samples, set.Train.Count)));
    private readonly SampleSet _test = Samples(set.Test);
    private readonly PluginCatalog _plugins = new(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["backends:SpiNNaker2Emu:profile"] = "spinnaker2",
            ["backends:SpiNNaker2Emu:threads"] = "1",
        }).Build());

    /// <summary>Loads the backend, so that runs may be started side by side.</summary>
    public void Prepare() => _plugins.Load("SpiNNaker2Emu");

    /// <summary>Trains once and tests.</summary>
    /// <param name="policy">The rewiring policy.</param>
    /// <param name="seed">Of training and of faults.</param>
    /// <param name="cores">The cores.</param>
    /// <param name="faults">The plan without its seed; empty for none.</param>
    public FaultyRun Run(string policy, int seed, int cores = 1, string faults = "")
    {
        string? plan = faults.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"seed={seed};{faults}");
        IDevice device = _plugins.Open("SpiNNaker2Emu", new DeviceRequest { Cores = cores, Faults = plan });
        try
        {
            var trainer = new Trainer(device, Presets.Fast with
            {
                Epochs = Epochs,
                Seed = (ulong)seed,
                Rewiring = Presets.Fast.Rewiring with { Policy = policy },
            });
            LoadedSamples train = trainer.Load("training images", _train);
            SimTime begin = device.ReadCounters().Elapsed;
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                trainer.TrainEpoch(train);
            }
            SimTime end = device.ReadCounters().Elapsed;
            LoadedSamples test = trainer.Load("test images", _test);
            SimTime loaded = device.ReadCounters().Elapsed;
            double accuracy = trainer.Evaluate(test);
            return Of(device, accuracy, null) with { Begin = begin, End = end, Loaded = loaded };
        }
        catch (DeviceFaultException e)
        {
            return Of(device, null, e.Message);
        }
        finally
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static FaultyRun Of(IDevice device, double? accuracy, string? error) => new(
        accuracy,
        error,
        device.Find<IFaultReport>()!.ReadFaults(),
        device.ReadCounters()[Phase.Train].Elapsed);

    private static SampleSet Samples(LabeledImages images) => new(images.Pixels, images.Labels, images.Rows * images.Columns);
}

/// <summary>What a training with faults came to.</summary>
/// <param name="Accuracy">The share of test images classified rightly; null where a fault ended the run.</param>
/// <param name="Error">What ended it.</param>
/// <param name="Faults">What was put into the device.</param>
/// <param name="Training">Device time of training.</param>
internal sealed record FaultyRun(double? Accuracy, string? Error, IReadOnlyList<FaultCount> Faults, SimTime Training)
{
    /// <summary>When training began.</summary>
    public SimTime Begin { get; init; }

    /// <summary>When it was over, and the test images began to be loaded.</summary>
    public SimTime End { get; init; }

    /// <summary>When those were loaded.</summary>
    public SimTime Loaded { get; init; }

    public long Injected => Faults.Sum(f => f.Injected);
}
