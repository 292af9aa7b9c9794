using NeuroHal.Datasets.Digits;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Datasets;

/// <summary>Data sets by name.</summary>
/// <param name="environment">Where to look.</param>
public sealed class DatasetCatalog(DatasetEnvironment environment)
{
    /// <summary>MNIST wherever it is found, else the built-in digits.</summary>
    public const string Auto = "auto";

    /// <summary>Digits drawn on the spot.</summary>
    public const string BuiltInDigits = "digits";

    private const string Mnist = "mnist";

    // The digits drawn last: one process plans or makes many runs on the same.
    private static volatile Drawn? _digits;

    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. KnownSet.All.Select(s => s.Name), BuiltInDigits];

    /// <summary>
    /// Loads a set: from the folder named for this run, else from <c>NEUROHAL_DATA</c>, the cache, a system folder, or
    /// a verified download. In each folder, one called like the set counts before the folder itself.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">The seed of the built-in digits.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="BadArgumentException">The name is unknown, or a folder the user named is not there.</exception>
    /// <exception cref="BadDataException">The set is damaged, or cannot be had.</exception>
    public async Task<Dataset> LoadAsync(
        string name, ulong seed = 1, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        SetLocator.RequireNamedFolders(environment);
        if (name == BuiltInDigits)
        {
            return Digits(seed);
        }
        KnownSet set = Known(name == Auto ? Mnist : name);
        if (SetLocator.Find(set, environment) is { } found)
        {
            return SetReader.Read(set, found);
        }
        try
        {
            return SetReader.Read(set, await FetchAsync(set, progress, cancellation).ConfigureAwait(false));
        }
        catch (BadDataException) when (name == Auto)
        {
            return Digits(seed) with
            {
                Notice = "MNIST is not here and cannot be downloaded, so this uses the built-in digits. To use MNIST, set "
                    + "NEUROHAL_DATA to its folder ('neurohal data fetch mnist' tells more).",
            };
        }
    }

    /// <summary>Downloads a set into the cache, if it is not on this machine already, and verifies it either way.</summary>
    /// <returns>The folder it is in.</returns>
    /// <exception cref="BadArgumentException">The name is unknown, or not of a set that can be downloaded.</exception>
    /// <exception cref="BadDataException">It cannot be had.</exception>
    public async Task<string> FetchAsync(
        string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        KnownSet set = Known(name);
        FoundSet found = SetLocator.Find(set, environment) ?? await FetchAsync(set, progress, cancellation).ConfigureAwait(false);
        return SetReader.Read(set, found).Origin;
    }

    /// <summary>The folder that holds a set on this machine, or null; nothing is downloaded or read.</summary>
    /// <exception cref="BadArgumentException">The name is unknown.</exception>
    public string? Locate(string name)
    {
        // A listing looks everywhere; that a folder named for a run must hold the set is for runs.
        KnownSet set = Known(name);
        SetLocator.RequireNamedFolders(environment);
        return SetLocator.Find(set, environment with { Folder = null, DataVariable = environment.Folder ?? environment.DataVariable })?.Folder;
    }

    private static Dataset Digits(ulong seed)
    {
        Drawn? drawn = _digits;
        if (drawn?.Seed != seed)
        {
            _digits = drawn = new Drawn(seed, DigitsDataset.Generate(seed));
        }
        return drawn.Set;
    }

    private static KnownSet Known(string name) =>
        KnownSet.All.FirstOrDefault(s => s.Name == name)
        ?? throw new BadArgumentException(Names.Contains(name)
            ? $"'{name}' is not a set of files; of those there are {string.Join(", ", KnownSet.All.Select(s => s.Name))}."
            : $"Unknown data set '{name}'; there are {string.Join(", ", Names)}.{NearestName.Question(name, Names)}");

    private async Task<FoundSet> FetchAsync(
        KnownSet set, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        if (environment.Network is null)
        {
            throw new BadDataException($"{set.Name} is not on this machine, and the network is not to be used.");
        }
        try
        {
            await Download.FetchAsync(set, environment, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"The cache {environment.Cache} cannot be written: {e.Message}", e);
        }
        return SetLocator.Find(set, environment with { Folder = environment.Cache, DataVariable = null })!;
    }

    private sealed record Drawn(ulong Seed, Dataset Set);
}
