namespace NeuroHal.StandardDeepR;

/// <summary>How the plain implementation learns; by default as Liu et al. (2018) have it.</summary>
public sealed record StandardSettings
{
    /// <summary>The samples a gradient is averaged over.</summary>
    public int Minibatch { get; init; } = 1;

    /// <summary>The share of the velocity kept from step to step.</summary>
    public float Momentum { get; init; }

    /// <summary>The L1 regularisation.</summary>
    public float L1 { get; init; } = 1e-5f;

    /// <summary>The standard deviation of the noise; 0 draws none.</summary>
    public float NoiseAmplitude { get; init; } = 3e-4f;

    /// <summary>The starting amplitudes' deviation, in units of sqrt(2 / mean connections of an output).</summary>
    public float InitialScale { get; init; } = 0.1f;

    /// <summary>Samples between two rewirings.</summary>
    public int RewireEvery { get; init; } = 10;
}
