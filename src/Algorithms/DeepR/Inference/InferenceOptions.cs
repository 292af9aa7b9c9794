using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Inference;

/// <summary>How a trained network is put on a device to be used as it is.</summary>
public sealed record InferenceOptions
{
    /// <summary>The samples a core works on at once; null for as many as fit.</summary>
    /// <value>1 to 1,024.</value>
    public int? Lanes { get; init; }

    /// <summary>Where <see cref="Lanes"/> is null: the most there may be; what is taken divides it.</summary>
    /// <value>1 to 1,024.</value>
    public int MostLanes { get; init; } = 1;

    /// <summary>Where the connections are kept between uses.</summary>
    public WeightPlacement Weights { get; init; } = WeightPlacement.Sram;

    /// <summary>The same as settings of training, with room for the network's own connections; what only training looks at is of no account.</summary>
    /// <exception cref="BadArgumentException">There cannot be so many lanes.</exception>
    internal TrainingOptions Of(NetworkSnapshot network) => (Lanes ?? MostLanes) is not (>= 1 and <= 1024)
        ? throw new BadArgumentException($"training:lanes is {Lanes ?? MostLanes}; it must be 1 to 1024.")
        : Presets.Paper with
        {
            Layers = network.Sizes,
            Connectivity = network.Connectivity,
            Lanes = Lanes,
            Minibatch = Lanes ?? MostLanes,
            Weights = Weights,
        };
}
