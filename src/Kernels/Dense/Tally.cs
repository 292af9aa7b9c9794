namespace NeuroHal.Kernels;

/// <summary>What was classified so far, kept in SRAM while it is counted.</summary>
public record struct Tally
{
    /// <summary>Samples seen.</summary>
    public int Samples { get; set; }

    /// <summary>Samples whose highest output was that of their label.</summary>
    public int Correct { get; set; }

    /// <summary>The sum of the cross-entropy in nats; only training computes it.</summary>
    public float Loss { get; set; }
}
