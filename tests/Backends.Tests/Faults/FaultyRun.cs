using NeuroHal.DeepR;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Backends.Tests.Faults;

/// <summary>An emulated device with faults, in the training phase.</summary>
internal sealed class FaultyRun : IDisposable
{
    public FaultyRun(string? faults, int cores = 1, int threads = 1)
    {
        Device = Backends.Emu(("threads", $"{threads}")).Open(new DeviceRequest { Cores = cores, Faults = faults });
        Device.Phase = Phase.Train;
    }

    public IDevice Device { get; }

    public IReadOnlyList<FaultCount> Faults => Device.Find<IFaultReport>()!.ReadFaults();

    public FaultCount this[string kind] => Faults.SingleOrDefault(f => f.Kind == kind) ?? new FaultCount(kind, 0, 0, 0);

    /// <summary>A small network that learns to tell four kinds of random pictures.</summary>
    public static TrainingOptions Options => new()
    {
        Layers = [64, 32, 16, 4],
        Connectivity = [0.2, 0.3, 0.5],
        Epochs = 2,
        Minibatch = 8,
        LearningRate = 0.05f,
        Momentum = 0.9f,
        L1 = 1e-4f,
        Rewiring = new RewiringOptions { Policy = "deep-r", Every = 8 },
    };

    /// <summary>Trains on the device.</summary>
    /// <returns>The weights' hash and the accuracy on the training samples.</returns>
    public (string Sha256, double Accuracy) Train(TrainingOptions options)
    {
        var trainer = new Trainer(Device, options);
        LoadedSamples samples = trainer.Load("samples", Samples());
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            trainer.TrainEpoch(samples);
        }
        double accuracy = trainer.Evaluate(samples);
        return (trainer.ReadNetwork().Sha256, accuracy);
    }

    public void Dispose() => Device.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static SampleSet Samples()
    {
        const int Count = 200;
        const int Pixels = 64;
        var random = new Random(1);
        byte[] kinds = new byte[4 * Pixels];
        random.NextBytes(kinds);
        byte[] pixels = new byte[Count * Pixels];
        byte[] labels = new byte[Count];
        for (int i = 0; i < Count; i++)
        {
            labels[i] = (byte)(i % 4);
            for (int p = 0; p < Pixels; p++)
            {
                pixels[(i * Pixels) + p] = (byte)((kinds[(labels[i] * Pixels) + p] + random.Next(200)) / 2);
            }
        }
        return new SampleSet(pixels, labels, Pixels);
    }
}
