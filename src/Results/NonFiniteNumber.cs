using System.Globalization;
using System.Text.Json.Serialization;

namespace NeuroHal.Results;

/// <summary>Where a number first was infinite or none.</summary>
public sealed record NonFiniteNumber
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
        ? $"in epoch {Epoch}, by sample {Whole(Sample)}"
        : $"in epoch {Epoch}, at sample {Whole(Sample)}: {Kernel} on core {Core} left {Value} in '{Buffer}', element {Whole(Element!.Value)}";

    private static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
