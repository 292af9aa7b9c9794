using System.Text.Json.Serialization;
using NeuroHal.Cli.Reports;

namespace NeuroHal.Cli.NonFinite;

/// <summary>Training came to a number that is infinite or none.</summary>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="sample">The samples of it that had been trained on when it was noticed.</param>
internal sealed class NonFiniteException(int epoch, int sample) : Exception($"Not finite at sample {sample} of epoch {epoch}.")
{
    public int Epoch => epoch;

    public int Sample => sample;
}

/// <summary>Where a number first was infinite or none.</summary>
internal sealed record NonFiniteNumber
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The samples of the epoch that were trained on once the step was done in which it arose.</summary>
    public required int Sample { get; init; }

    /// <summary>The core; null where only that it arose by then is known.</summary>
    public int? Core { get; init; }

    /// <summary>The kernel that left it there.</summary>
    public string? Kernel { get; init; }

    /// <summary>The buffer it is in, such as <c>layer 2 theta</c>.</summary>
    public string? Buffer { get; init; }

    /// <summary>Its place in the buffer, from 0.</summary>
    public int? Element { get; init; }

    /// <summary><c>NaN</c> or an infinity.</summary>
    public string? Value { get; init; }

    /// <summary>In words.</summary>
    [JsonIgnore]
    public string Description => Buffer is null
        ? $"in epoch {Epoch}, by sample {Figures.Whole(Sample)}"
        : $"in epoch {Epoch}, at sample {Figures.Whole(Sample)}: {Kernel} on core {Core} left {Value} in '{Buffer}', element {Figures.Whole(Element!.Value)}";
}
