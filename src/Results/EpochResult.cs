namespace NeuroHal.Results;

/// <summary>One epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Train">The share of training images classified rightly before they were learnt from.</param>
/// <param name="Validation">The share of held-out images classified rightly; null where none are held out.</param>
/// <param name="Loss">The mean cross-entropy in training, in nats; null where it is not a number.</param>
public sealed record EpochResult(int Epoch, double Train, double? Validation, double? Loss)
{
    /// <summary>The connections at its end; null where that was not kept.</summary>
    public int? Connections { get; init; }

    /// <summary>The connections that rewiring replaced in it; null where that was not kept.</summary>
    public long? Rewired { get; init; }

    /// <summary>Device time in training up to its end, in seconds, as the device counted it since the run was last moved to it.</summary>
    public double? DeviceSeconds { get; init; }

    /// <summary>Energy of training up to its end, likewise; null where the device has no meter.</summary>
    public double? Joules { get; init; }
}
