namespace NeuroHal.Results;

/// <summary>From where on a device's counters count, where a run went on on another device than it began on.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Sample">The samples of it that were trained on before.</param>
/// <param name="Before">The backend it ran on before.</param>
public sealed record CountersSince(int Epoch, int Sample, string Before);
