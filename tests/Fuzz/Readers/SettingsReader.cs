using System.CommandLine;
using System.Text;
using NeuroHal.Cli.Settings;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Readers;

/// <summary>Settings by name and value: those of <c>--set</c>, and those of the environment.</summary>
internal sealed class SettingsReader : FuzzedReader
{
    private const string Prefix = "NEUROHAL__";

    private readonly SettingsUse _use;
    private readonly bool _environment;

    private SettingsReader(string folder, bool environment)
    {
        _use = new SettingsUse(folder);
        _environment = environment;
    }

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Settings("training:epochs=3", "training:layers=784-300-100-10", "training:connectivity=0.01,0.03,0.3", "backend=ReferenceCpu"),
        Settings("preset=best", "device:cores=4", "device:policy=per-phase", "device:level=PL1", "backends:SpiNNaker2Emu:threads=1"),
        Settings("training:minibatch=16", "training:lanes=4", "training:schedule=cosine", "training:momentum=0.9", "training:shift=2"),
        Settings("training:layers:0=64", "training:layers:1=10", "training:connectivity:0=1", "training:rewiring:policy=set", "training:rewiring:every=7"),
        Settings("training:l1=0.1", "training:noise=0.1", "training:initialScale=2", "training:weights=dram", "training:seed=18446744073709551615"),
        Settings("dataset:name=kmnist", "dataset:limit=5", "dataset:validation=2", "dataset:seed=7", "record:megabytes=5", "profile=true"),
        Settings("compare:findDivergence=true", "compare:ulps=2", "compare:backends=ReferenceCpu", "backends:ReferenceCpu:sramPerCore=4096"),
        Settings("plugins:trust=pinned", "plugins:pins:ReferenceCpu=00", "backends:SpiNNaker2Emu:profile=spinnaker2"),
    ];

    public static SettingsReader OfOptions(string folder) => new(folder, environment: false);

    public static SettingsReader OfEnvironment(string folder) => new(folder, environment: true);

    public override IEnumerable<string> Read(byte[] input)
    {
        // What no process can be given, neither as an argument nor in its environment, is left out.
        string[] settings = [.. Encoding.UTF8.GetString(input).Replace("\0", "", StringComparison.Ordinal).Split(SettingMutator.Separator)];
        return _environment ? ReadEnvironment(settings) : ReadOptions(settings);
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => SettingMutator.Mutate(input, dice, Seeds);

    private static byte[] Settings(params string[] settings) => Encoding.UTF8.GetBytes(string.Join(SettingMutator.Separator, settings));

    private IEnumerable<string> ReadOptions(string[] settings)
    {
        var command = new Command("fuzz");
        var options = new RunOptions(command);
        ParseResult parsed = command.Parse([.. settings.Select(s => $"--set={s}")]);
        // What is no legal command line ends before anything of it is read.
        return parsed.Errors.Count > 0 ? [] : _use.Of(options.Configure(parsed));
    }

    private IEnumerable<string> ReadEnvironment(string[] settings)
    {
        var set = new List<string>();
        try
        {
            foreach (string[] setting in settings.Select(s => s.Split('=', 2)))
            {
                string name = Prefix + setting[0].Replace(":", "__", StringComparison.Ordinal);
                set.Add(name);
                Environment.SetEnvironmentVariable(name, setting[^1]);
            }
            return _use.Of(LayeredConfiguration.Build(null, new Dictionary<string, string?>()));
        }
        finally
        {
            set.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        }
    }
}
