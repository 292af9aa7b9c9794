using NeuroHal.DeepR.Rewiring;

namespace NeuroHal.DeepR;

/// <summary>Complete settings by name.</summary>
public static class Presets
{
    private static readonly int[] _leNet = [784, 300, 100, 10];
    private static readonly double[] _sparse = [0.01, 0.03, 0.3];

    /// <summary>
    /// The published experiment (Liu et al., "Memory-Efficient Deep Learning on a SpiNNaker 2 Prototype", Frontiers in
    /// Neuroscience 2018): LeNet-300-100 with 3,552 connections, one sample at a time. The starting amplitudes are not
    /// published; theirs were chosen on a validation split (docs/adr/0003).
    /// </summary>
    public static TrainingOptions Paper => new()
    {
        Layers = _leNet,
        Connectivity = _sparse,
        Epochs = 9,
        LearningRate = 0.05f,
        Schedule = RateSchedule.Halving,
        L1 = 1e-5f,
        Noise = 3e-4f,
        InitialScale = 0.1f,
        Rewiring = new RewiringOptions { Policy = "deep-r", Every = 10 },
    };

    /// <summary>The same network with minibatches of 16 and momentum, which suits wide processors.</summary>
    public static TrainingOptions Fast => new()
    {
        Layers = _leNet,
        Connectivity = _sparse,
        Epochs = 10,
        Minibatch = 16,
        LearningRate = 0.05f,
        Schedule = RateSchedule.Cosine,
        Momentum = 0.9f,
        L1 = 1e-3f,
        Rewiring = new RewiringOptions { Policy = "deep-r", Every = 160 },
    };

    /// <summary>
    /// The highest accuracy we know of with as many connections: longer, with samples moved by up to a pixel, and somewhat
    /// more connections in the second layer. Chosen on a validation split (docs/adr/0006).
    /// </summary>
    public static TrainingOptions Best => Fast with
    {
        Connectivity = [0.0095, 0.034, 0.298],
        Epochs = 300,
        L1 = 5e-4f,
        Shift = 1,
        Rewiring = new RewiringOptions { Policy = "deep-r", Every = 640 },
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["paper", "fast", "best"];

    /// <summary>The settings of a preset.</summary>
    /// <exception cref="BadArgumentException">There is none of that name; the message lists those there are.</exception>
    public static TrainingOptions Get(string name) => name switch
    {
        "paper" => Paper,
        "fast" => Fast,
        "best" => Best,
        _ => throw new BadArgumentException($"Unknown preset '{name}'; there are {string.Join(", ", Names)}.{NearestName.Question(name, Names)}"),
    };
}
