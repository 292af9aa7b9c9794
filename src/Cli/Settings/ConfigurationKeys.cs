namespace NeuroHal.Cli.Settings;

/// <summary>Every key that configuration may have, wherever it is given; the schema of <c>neurohal.json</c>.</summary>
internal static class ConfigurationKeys
{
    public const string Backend = "backend";
    public const string Compared = "compare:backends";
    public const string ComparedPresets = "compare:presets";
    public const string ComparisonFormat = "compare:format";
    public const string FindDivergence = "compare:findDivergence";
    public const string Ulps = "compare:ulps";
    public const string Replay = "compare:replay";
    public const string Record = "record:file";
    public const string RecordLimit = "record:megabytes";
    public const string Preset = "preset";
    public const string Initial = "initial";
    public const string Output = "output";
    public const string Resume = "resume";
    public const string CheckpointEvery = "checkpoint:every";
    public const string CheckpointFailure = "checkpoint:onFailure";
    public const string LivePort = "live:port";
    public const string LiveAddress = "live:address";
    public const string Profile = "profile";
    public const string Trace = "trace";
    public const string DatasetName = "dataset:name";
    public const string DatasetFolder = "dataset:folder";
    public const string DatasetLimit = "dataset:limit";
    public const string DatasetTestLimit = "dataset:testLimit";
    public const string DatasetValidation = "dataset:validation";
    public const string DatasetSeed = "dataset:seed";
    public const string Cores = "device:cores";
    public const string Level = "device:level";
    public const string Policy = "device:policy";
    public const string Faults = "device:faults";
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
    public const string Shift = "training:shift";
    public const string Weights = "training:weights";
    public const string Seed = "training:seed";
    public const string RewiringPolicy = "training:rewiring:policy";
    public const string RewiringEvery = "training:rewiring:every";
    public const string RewiringFraction = "training:rewiring:fraction";

    private static readonly string[] _single =
    [
        Backend, Compared, ComparedPresets, ComparisonFormat, FindDivergence, Ulps, Replay, Record, RecordLimit,
        Preset, Initial, Output, Resume, CheckpointEvery, CheckpointFailure, LivePort, LiveAddress, Profile, Trace, DatasetName, DatasetFolder, DatasetLimit, DatasetTestLimit, DatasetValidation, DatasetSeed, Cores, Level, Policy, Faults,
        Epochs, Minibatch, Lanes, LearningRate, Schedule, Momentum, L1, Noise, InitialScale, Shift, Weights, Seed,
        RewiringPolicy, RewiringEvery, RewiringFraction, "plugins:path", "plugins:trust",
    ];

    private static readonly string[] _paths = [Output, Resume, Initial, Trace, Record, Replay, DatasetFolder];

    private static readonly string[] _lists = [Layers, Connectivity];

    // What is below these, others know: ids of plugins, and each backend's own settings.
    private const string Plugins = "plugins";
    private const string Pins = "plugins:pins";
    private const string Backends = "backends";

    /// <summary>Whether a key can have a value.</summary>
    public static bool IsSetting(string key) =>
        _single.Any(k => Is(key, k)) || _lists.Any(k => Is(key, k) || Leads(k, key))
        || Leads(Pins, key) || (Leads(Backends, key) && key.Count(c => c == ':') >= 2);

    /// <summary>
    /// Whether a checkpoint carries a key: all but where things go, how often they are saved, what is shown, and which code may be
    /// loaded, which a file from elsewhere must not decide.
    /// </summary>
    public static bool IsOfTheRun(string key) => !new[] { Output, Resume, Profile, Trace, Record, RecordLimit }.Any(k => Is(key, k))
        && !Leads("checkpoint", key) && !Leads("live", key) && !Leads("compare", key) && !Leads(Plugins, key);

    /// <summary>Whether a key is one of a device's own: of no use to another backend.</summary>
    public static bool IsOfTheDevice(string key) => Is(key, Backend) || Is(key, Level) || Is(key, Policy) || Leads(Backends, key);

    /// <summary>Whether a key's value is a file or a folder, which has a name.</summary>
    public static bool IsPath(string key) => _paths.Any(k => Is(key, k));

    /// <summary>Whether there are settings below a key.</summary>
    public static bool IsGroup(string key) =>
        _single.Concat(_lists).Append(Pins).Any(k => Leads(key, k)) || Is(key, Pins) || Is(key, Backends) || Leads(Backends, key);

    /// <summary>The keys a user may have meant.</summary>
    public static IEnumerable<string> All => _single.Concat(_lists).Append($"{Pins}:ID").Append($"{Backends}:ID:...").Order(StringComparer.Ordinal);

    /// <summary>The list that a key is one element of; null where it is none.</summary>
    public static string? ElementOf(string key) => _lists.FirstOrDefault(k => Leads(k, key));

    /// <summary>What to say of a key that there is not.</summary>
    public static BadArgumentException Unknown(string where, string key) => new(
        $"{where}unknown setting '{key}'.{NearestName.Question(key, All)} All there are: neurohal settings.");

    /// <summary>The settings below a group.</summary>
    public static IEnumerable<string> Below(string group) => All.Where(k => Leads(group, k));

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static bool Leads(string section, string key) => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase);
}
