using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Rewiring;

namespace NeuroHal.Cli.Settings;

/// <summary>The options common to the verbs that run something; each is a shorthand for a setting.</summary>
internal sealed class RunOptions
{
    private readonly List<(Option<string> Option, string Key)> _settings = [];
    private readonly List<(Option<bool> Option, string Key)> _flags = [];
    private readonly Option<string> _config = new("--config") { Description = "Configuration file [default: neurohal.json, if there]", HelpName = "FILE" };
    private readonly Option<string[]> _set = new("--set") { Description = "Any setting, for instance training:l1=0.0001", HelpName = "KEY=VALUE" };

    /// <summary>For verbs that train.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="without">Options that mean nothing to it.</param>
    /// <param name="hasFile">Whether the verb names a configuration file of its own, so that there is no <c>--config</c>.</param>
    public RunOptions(Command command, OptionGroups without = OptionGroups.None, bool hasFile = false) : this()
    {
        void AddTo(OptionGroups group, string name, string key, string argument, string description, Func<ParseResult, IEnumerable<string>>? values = null)
        {
            if (!without.HasFlag(group))
            {
                Add(command, name, key, argument, description, values);
            }
        }

        AddTo(OptionGroups.Network, "--preset", ConfigurationKeys.Preset, "NAME", "Settings to start from: paper, fast or best [default: paper]", _ => Presets.Names);
        AddTo(OptionGroups.Data, "--dataset", ConfigurationKeys.DatasetName, "NAME", "auto, mnist, fashion-mnist, kmnist or digits [default: auto]", _ => DatasetCatalog.Names);
        AddTo(OptionGroups.Data, "--data", ConfigurationKeys.DatasetFolder, "FOLDER", "Where the data set is");
        AddTo(OptionGroups.Data, "--limit", ConfigurationKeys.DatasetLimit, "N", "Use only the first N training images");
        AddTo(OptionGroups.Tests, "--test-limit", ConfigurationKeys.DatasetTestLimit, "N", "Use only the first N test images");
        AddTo(OptionGroups.Tests, "--validation", ConfigurationKeys.DatasetValidation, "N", "Hold out the last N training images for validation");
        AddTo(OptionGroups.Course, "--epochs", ConfigurationKeys.Epochs, "N", "Times to go through the training set");
        AddTo(OptionGroups.Network, "--layers", ConfigurationKeys.Layers, "SIZES", "Layer sizes, such as 784-300-100-10");
        AddTo(OptionGroups.Network, "--connectivity", ConfigurationKeys.Connectivity, "SHARES", "Share of connections by layer, such as 0.01,0.03,0.3");
        AddTo(OptionGroups.Network, "--rewiring", ConfigurationKeys.RewiringPolicy, "NAME", "deep-r, set or static", _ => RewiringPolicies.Names);
        AddTo(OptionGroups.Network, "--initial", ConfigurationKeys.Initial, "DIR|FILE", "Begin with the network of this run, or of this .npz, .safetensors or .onnx file");
        AddTo(OptionGroups.Network, "--lanes", ConfigurationKeys.Lanes, "N", "Samples a core works on at once [default: as many as fit]");
        AddTo(OptionGroups.Device, "--weights", ConfigurationKeys.Weights, "PLACE", "Where connections are kept: sram or dram [default: sram]", _ => ["sram", "dram"]);
        AddTo(OptionGroups.Device, "--cores", ConfigurationKeys.Cores, "N", "Cores to use [default: 1]");
        AddTo(OptionGroups.Device, "--level", ConfigurationKeys.Level, "NAME", "Performance level [default: the fastest]", Choices.Levels);
        AddTo(OptionGroups.Device, "--policy", ConfigurationKeys.Policy, "NAME", "How cores wait: race-to-idle, per-phase or fixed [default: the backend's]", Choices.Policies);
        AddTo(OptionGroups.Device, "--faults", ConfigurationKeys.Faults, "FILE|SPEC", "Faults to put into the device, such as upset:rate=1e-4,buffers=*theta* (docs/faults.md)");
        AddTo(OptionGroups.Course, "--seed", ConfigurationKeys.Seed, "N", "Decides everything random [default: 1]");
        AddTo(OptionGroups.Output, "--output", ConfigurationKeys.Output, "DIR", "New folder for result.json, the network and checkpoints");
        AddTo(OptionGroups.Trace, "--trace", ConfigurationKeys.Trace, "FILE", "Write a timeline of the first 20 training samples, for Perfetto, and a picture of it");
        if (!without.HasFlag(OptionGroups.Profile))
        {
            AddFlag(command, "--profile", ConfigurationKeys.Profile, "Show where training's cycles, time and joules went");
        }
        if (!hasFile)
        {
            command.Options.Add(_config);
        }
        _set.CompletionSources.Add(_ => ConfigurationKeys.All.Select(k => $"{k}="));
        command.Options.Add(_set);
    }

    private RunOptions()
    {
    }

    /// <summary>For verbs that use a network as it is.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="hasTests">Whether it tests the network with a data set.</param>
    public static RunOptions ForInference(Command command, bool hasTests)
    {
        var options = new RunOptions();
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to run it [default: as it was trained]", Choices.Backends);
        if (hasTests)
        {
            options.Add(command, "--dataset", ConfigurationKeys.DatasetName, "NAME", "auto, mnist, fashion-mnist, kmnist or digits [default: as it was trained]", () => DatasetCatalog.Names);
            options.Add(command, "--data", ConfigurationKeys.DatasetFolder, "FOLDER", "Where the data set is");
            options.Add(command, "--test-limit", ConfigurationKeys.DatasetTestLimit, "N", "Use only the first N test images [default: as many as in its run]");
        }
        options.Add(command, "--lanes", ConfigurationKeys.Lanes, "N", "Samples a core works on at once [default: as it was trained, or as many of them as fit]");
        options.Add(command, "--weights", ConfigurationKeys.Weights, "PLACE", "Where connections are kept: sram or dram [default: as it was trained]");
        options.Add(command, "--cores", ConfigurationKeys.Cores, "N", "Cores to use [default: as it was trained]");
        options.Add(command, "--level", ConfigurationKeys.Level, "NAME", "Performance level [default: as it was trained]");
        options.Add(command, "--policy", ConfigurationKeys.Policy, "NAME", "How cores wait: race-to-idle, per-phase or fixed [default: as it was trained]");
        command.Options.Add(options._config);
        command.Options.Add(options._set);
        return options;
    }

    /// <summary>Adds a shorthand of one verb's own.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="name">The option.</param>
    /// <param name="key">The setting.</param>
    /// <param name="argument">What stands for the value in the help.</param>
    /// <param name="description">A line of help.</param>
    /// <param name="values">The values there are, for completion; null where they cannot be listed.</param>
    public void Add(Command command, string name, string key, string argument, string description, Func<IEnumerable<string>> values) =>
        Add(command, name, key, argument, description, _ => values());

    /// <inheritdoc cref="Add(Command, string, string, string, string, Func{IEnumerable{string}})"/>
    public void Add(Command command, string name, string key, string argument, string description, Func<ParseResult, IEnumerable<string>>? values = null)
    {
        var option = new Option<string>(name) { Description = description, HelpName = argument };
        if (values is not null)
        {
            option.CompletionSources.Add(context => Choices.Among(() => values(context.ParseResult)));
        }
        _settings.Add((option, key));
        command.Options.Add(option);
    }

    /// <summary>Adds a shorthand of one verb's own whose value can be left out.</summary>
    public void AddOptional(Command command, string name, string key, string argument, string otherwise, string description)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = argument,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count > 0 ? result.Tokens[0].Value : otherwise,
        };
        _settings.Add((option, key));
        command.Options.Add(option);
    }

    /// <summary>Adds a shorthand of one verb's own for a setting that is true or false.</summary>
    public void AddFlag(Command command, string name, string key, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        _flags.Add((option, key));
        command.Options.Add(option);
    }

    /// <summary>The configuration, options included.</summary>
    public IConfiguration Configure(ParseResult parsed) => LayeredConfiguration.Build(parsed.GetValue(_config), Given(parsed));

    /// <summary>What the options say, by key.</summary>
    public IReadOnlyDictionary<string, string?> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (string assignment in parsed.GetValue(_set) ?? [])
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new BadArgumentException($"Option --set: '{assignment}' is not of the form KEY=VALUE.");
            }
            Set(given, assignment[..equals], assignment[(equals + 1)..], $"--set {assignment[..equals]}");
        }
        foreach ((Option<string> option, string key) in _settings)
        {
            if (parsed.GetValue(option) is { } value)
            {
                if (value.Length == 0 && !ConfigurationKeys.IsPath(key))
                {
                    throw new BadArgumentException($"{option.Name} is empty; give it a value, or leave it out.");
                }
                Set(given, key, value, option.Name);
            }
        }
        foreach ((Option<bool> option, string key) in _flags.Where(f => parsed.GetValue(f.Option)))
        {
            Set(given, key, "true", option.Name);
        }
        return given;
    }

    private static void Set(Dictionary<string, string?> given, string key, string value, string option)
    {
        if (!given.TryAdd(key, value) && !value.Equals(given[key], StringComparison.OrdinalIgnoreCase))
        {
            throw new BadArgumentException($"{option} is {value}, and by --set {key} is {given[key]}; give one of them.");
        }
    }
}
