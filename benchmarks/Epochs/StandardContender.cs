using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.StandardDeepR;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>DEEP R as one would write it for a CPU.</summary>
internal sealed class StandardContender(TrainingOptions options, SampleSet samples) : IContender
{
    private readonly StandardNetwork _network = new(
        options.Layers,
        options.Connectivity,
        (int)options.Seed,
        new StandardSettings
        {
            Minibatch = options.Minibatch,
            Momentum = options.Momentum,
            L1 = options.L1,
            NoiseAmplitude = options.Noise,
            InitialScale = options.InitialScale,
            RewireEvery = options.Rewiring.Every ?? samples.Count,
        });

    public string Name => "standard, scalar";

    public SimTime? Emulated => null;

    public void TrainEpoch()
    {
        for (int i = 0; i < samples.Count; i++)
        {
            _network.Train(samples.PixelsOf(i), samples.Labels.Span[i], options.LearningRate);
        }
    }
}
