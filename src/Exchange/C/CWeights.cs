namespace NeuroHal.Exchange.C;

/// <summary>What weights are in C.</summary>
public enum CWeights
{
    /// <summary>The network's own, to the bit.</summary>
    Float32,

    /// <summary>Whole numbers from -127 to 127, times one scale for each layer. What comes to 0 is left out.</summary>
    Int8,
}
