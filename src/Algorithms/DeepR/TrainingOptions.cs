using NeuroHal.DeepR.Rewiring;

namespace NeuroHal.DeepR;

/// <summary>Every setting of a training run. <see cref="Presets"/> has complete ones to start from.</summary>
public sealed record TrainingOptions
{
    /// <summary>The layer sizes, input first.</summary>
    /// <value>At least two sizes, each 1 to 65,536; neighbours' product below 2^31.</value>
    public required IReadOnlyList<int> Layers { get; init; }

    /// <summary>The share of possible connections that each layer may hold.</summary>
    /// <value>One number for each pair of neighbouring layers, above 0 and at most 1.</value>
    public required IReadOnlyList<double> Connectivity { get; init; }

    /// <summary>How often the training set is gone through.</summary>
    /// <value>At least 1.</value>
    public required int Epochs { get; init; }

    /// <summary>The samples a gradient is summed over.</summary>
    /// <value>1 to 1,024.</value>
    public int Minibatch { get; init; } = 1;

    /// <summary>The samples a core works on at once; null for as many as fit.</summary>
    /// <value>A divisor of <see cref="Minibatch"/>.</value>
    public int? Lanes { get; init; }

    /// <summary>The learning rate at the start.</summary>
    /// <value>Above 0.</value>
    public required float LearningRate { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Constant;

    /// <summary>The share of the velocity kept from step to step; 0 for none, which saves 4 bytes a connection.</summary>
    /// <value>At least 0 and below 1.</value>
    public float Momentum { get; init; }

    /// <summary>The L1 regularisation, which draws every theta towards 0 and so to removal.</summary>
    /// <value>At least 0.</value>
    public float L1 { get; init; }

    /// <summary>The standard deviation of the noise added to each gradient.</summary>
    /// <value>At least 0.</value>
    public float Noise { get; init; }

    /// <summary>When and how connections are moved.</summary>
    public RewiringOptions Rewiring { get; init; } = new();

    /// <summary>
    /// The starting amplitudes' deviation, in units of sqrt(2 / mean connections of an output), after He et al.,
    /// "Delving deep into rectifiers", ICCV 2015.
    /// </summary>
    /// <value>Above 0.</value>
    public float InitialScale { get; init; } = 1;

    /// <summary>
    /// Every time it is trained on, a sample is moved by up to so many pixels each way, at random: the DMA engine starts to
    /// read a little before or after it, so nothing is computed and nothing stored. What moves in at an edge is what
    /// lies there in memory, the opposite edge, which is dark in images with a margin.
    /// </summary>
    /// <value>0 to 4; more than 0 for square images only.</value>
    public int Shift { get; init; }

    /// <summary>Where the connections are kept between uses.</summary>
    public WeightPlacement Weights { get; init; } = WeightPlacement.Sram;

    /// <summary>Decides everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The connections layer <paramref name="layer"/> may hold: its share, rounded, at least 1.</summary>
    public int Connections(int layer) =>
        (int)Math.Max(1, Math.Round(Connectivity[layer] * Layers[layer] * Layers[layer + 1]));

    /// <summary>The connections the whole network may hold.</summary>
    public int Budget => Enumerable.Range(0, Connectivity.Count).Sum(Connections);

    /// <summary>The connections a dense network of these layers would have.</summary>
    public long Possible => Enumerable.Range(0, Connectivity.Count).Sum(i => (long)Layers[i] * Layers[i + 1]);

    /// <summary>The width of an image, if images are square; otherwise 0.</summary>
    internal int ImageWidth => (int)Math.Sqrt(Layers[0]) is var width && width * width == Layers[0] ? width : 0;

    /// <summary>Makes sure that every setting is legal.</summary>
    /// <exception cref="BadArgumentException">One is not; the message has its value and the legal range.</exception>
    public void Validate()
    {
        Require(Layers.Count >= 2, "layers", string.Join('-', Layers), "at least two sizes, such as 784-300-100-10");
        Require(Layers.All(n => n is >= 1 and <= 65_536), "layers", string.Join('-', Layers), "sizes from 1 to 65,536");
        Require(
            Connectivity.Count == Layers.Count - 1,
            "connectivity",
            string.Join(',', Connectivity),
            $"{Layers.Count - 1} numbers, one for each layer of connections");
        foreach (double share in Connectivity)
        {
            Require(share is > 0 and <= 1, "connectivity", share, "above 0 and at most 1");
        }
        for (int i = 0; i < Connectivity.Count; i++)
        {
            Require((long)Layers[i] * Layers[i + 1] < int.MaxValue, "layers", $"{Layers[i]}-{Layers[i + 1]}", "a product below 2^31");
        }
        Require(
            Enumerable.Range(0, Connectivity.Count).Sum(i => (long)Connections(i)) <= int.MaxValue,
            "connectivity",
            string.Join(',', Connectivity),
            "so small that there are fewer than 2^31 connections in all");
        Require(Epochs >= 1, "epochs", Epochs, "at least 1");
        Require(Minibatch is >= 1 and <= 1024, "minibatch", Minibatch, "1 to 1024");
        Require(Lanes is null || (Lanes >= 1 && Minibatch % Lanes == 0), "lanes", Lanes, $"a divisor of the minibatch, {Minibatch}");
        Require(LearningRate is > 0 and < float.PositiveInfinity, "learningRate", LearningRate, "above 0");
        Require(Momentum is >= 0 and < 1, "momentum", Momentum, "at least 0 and below 1");
        Require(L1 is >= 0 and < float.PositiveInfinity, "l1", L1, "at least 0");
        Require(Noise is >= 0 and < float.PositiveInfinity, "noise", Noise, "at least 0");
        Require(InitialScale is > 0 and < float.PositiveInfinity, "initialScale", InitialScale, "above 0");
        Require(Shift is >= 0 and <= 4, "shift", Shift, "0 to 4");
        Require(Shift == 0 || ImageWidth > 2 * Shift, "shift", Shift, $"0, as the network's {Layers[0]} inputs are not a square image large enough");
        Require(Rewiring.Every is null or >= 1, "rewiring:every", Rewiring.Every, "at least 1 sample");
        Require(Rewiring.Fraction is > 0 and < 1, "rewiring:fraction", Rewiring.Fraction, "above 0 and below 1");
        _ = RewiringPolicies.Create(Rewiring);
    }

    private static void Require(bool legal, string name, object? given, string range)
    {
        if (!legal)
        {
            throw new BadArgumentException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"training:{name} is {given}; it must be {range}."));
        }
    }
}

/// <summary>Where connections are kept.</summary>
public enum WeightPlacement
{
    /// <summary>In the SRAM of the core that works on them.</summary>
    Sram,

    /// <summary>In external memory: each layer is fetched for each use and written back after each change.</summary>
    Dram,
}

/// <summary>How the learning rate falls.</summary>
public enum RateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>Halved every second epoch, from the third on (Liu et al. 2018).</summary>
    Halving,

    /// <summary>Half a cosine from the start's rate to 0, changing with every minibatch.</summary>
    Cosine,
}
