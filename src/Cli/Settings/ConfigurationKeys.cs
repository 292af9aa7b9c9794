namespace NeuroHal.Cli.Settings;

/// <summary>Every key that configuration may have, wherever it is given; the schema of <c>neurohal.json</c>.</summary>
internal static class ConfigurationKeys
{
    public const string Backend = "backend";
    public const string Preset = "preset";
    public const string Output = "output";
    public const string DatasetName = "dataset:name";
    public const string DatasetFolder = "dataset:folder";
    public const string DatasetLimit = "dataset:limit";
    public const string DatasetValidation = "dataset:validation";
    public const string DatasetSeed = "dataset:seed";
    public const string Cores = "device:cores";
    public const string Level = "device:level";
    public const string Layers = "training:layers";
    public const string Connectivity = "training:connectivity";
    public const string Epochs = "training:epochs";
    public const string Minibatch = "training:minibatch";
    public const string Lanes = "training:lanes";
    public const string LearningRate = "training:learningRate";
    public const string Schedule = "training:schedule";
    public const string Momentum = "training:momentum";
    public const string L1 = "training:l1";
    public const string Noise = "training:noise";
    public const string InitialScale = "training:initialScale";
    public const string Seed = "training:seed";
    public const string RewiringPolicy = "training:rewiring:policy";
    public const string RewiringEvery = "training:rewiring:every";
    public const string RewiringFraction = "training:rewiring:fraction";

    private static readonly string[] _single =
    [
        Backend, Preset, Output, DatasetName, DatasetFolder, DatasetLimit, DatasetValidation, DatasetSeed, Cores, Level,
        Epochs, Minibatch, Lanes, LearningRate, Schedule, Momentum, L1, Noise, InitialScale, Seed,
        RewiringPolicy, RewiringEvery, RewiringFraction, "plugins:path",
    ];

    private static readonly string[] _open = [Layers, Connectivity, "plugins:trust", "backends"];

    /// <summary>Whether a key, or a section that leads to one, exists.</summary>
    public static bool Exists(string key) =>
        _single.Any(k => Is(key, k) || Leads(key, k)) || _open.Any(k => Is(key, k) || Leads(key, k) || Leads(k, key));

    /// <summary>The keys a user may have meant.</summary>
    public static IEnumerable<string> All => _single.Concat(_open).Order(StringComparer.Ordinal);

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static bool Leads(string section, string key) => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase);
}
