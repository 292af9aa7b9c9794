namespace NeuroHal.Results;

/// <summary>What a run's device was set to, beside the number of its cores and the faults put into it.</summary>
public sealed record DeviceSettings
{
    /// <summary>The performance level that its cores start at; null where it has none.</summary>
    public string? Level { get; init; }

    /// <summary>How its cores wait; null where there is no choice.</summary>
    public string? Policy { get; init; }

    /// <summary>The backend's own settings, as they were given, by their keys below <c>backends:ID</c>; what is not there was left to it.</summary>
    public IReadOnlyDictionary<string, string> Backend { get; init; } = new Dictionary<string, string>();
}
