using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Digits;
using NeuroHal.Datasets.Sources;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.ReferenceCpu;

namespace NeuroHal.Exchange.Tests;

/// <summary>A network that was trained for an epoch, and what it says to test images on its device.</summary>
internal sealed record Trained(NetworkSnapshot Network, LabeledImages Test, float[][] Sums)
{
    private static readonly Lazy<Trained> _digits = new(() => Train(Presets.Fast, DigitsDataset.Generate(seed: 1, train: 960, test: 500)));
    private static readonly Lazy<Trained> _mnist = new(() => Train(Presets.Paper, Mnist()));

    /// <summary>LeNet-300-100 on a few built-in digits, as many as end with a rewiring.</summary>
    public static Trained Digits => _digits.Value;

    /// <summary>The paper's network, for one epoch, and MNIST's whole test set.</summary>
    public static Trained OnMnist => _mnist.Value;

    public int[] Classes => [.. Sums.Select(s => s.IndexOf(s.Max()))];

    /// <summary>The test images, as a trainer takes them.</summary>
    public SampleSet Samples => SamplesOf(Test);

    /// <summary>Skips a test that is not for the fast run, or has no data.</summary>
    public static void SkipUnlessLong()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        Assert.SkipWhen(Catalog().Locate("mnist") is null, "MNIST is not on this machine; set NEUROHAL_DATA to its folder.");
    }

    private static Trained Train(TrainingOptions options, Dataset data)
    {
        var services = new ServiceCollection();
        new CpuPlugin().Register(services, new ConfigurationBuilder().Build());
        IDevice device = new ValidatingDevice(services.BuildServiceProvider().GetRequiredService<IBackend>().Open(new DeviceRequest()));
        var trainer = new Trainer(device, options with { Epochs = 1 });
        trainer.TrainEpoch(trainer.Load("training images", SamplesOf(data.Train)));
        float[][] sums = trainer.ReadSums(trainer.Load("test images", SamplesOf(data.Test)));
        return new Trained(trainer.ReadNetwork(), data.Test, sums);
    }

    private static SampleSet SamplesOf(LabeledImages images) => new(images.Pixels, images.Labels, images.Rows * images.Columns);

    private static Dataset Mnist() => Catalog().LoadAsync("mnist").GetAwaiter().GetResult();

    private static DatasetCatalog Catalog() => new(DatasetEnvironment.OfProcess() with { Network = null });
}
