using System.Text;
using Microsoft.Extensions.Configuration;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.Hosting;

namespace NeuroHal.Fuzz.Readers;

/// <summary>Which plugins may load, as settings say it: <c>plugins:trust</c> and <c>plugins:pins:ID</c>.</summary>
internal sealed class PinReader : FuzzedReader
{
    private readonly string _folder;
    private readonly string _pin;

    public PinReader(string folder)
    {
        _folder = folder;
        string plugin = Path.Combine(folder, "plugin");
        PluginFolder.Make(plugin, PluginFolder.Manifest("Pinned"));
        _pin = PluginDigest.Of(plugin);
        Seeds =
        [
            Bytes("plugins:trust=pinned", $"plugins:pins:Pinned={_pin}"),
            Bytes("plugins:trust=pinned", $"plugins:pins:pinned={_pin.ToUpperInvariant()}"),
            Bytes("plugins:trust=any"),
        ];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IEnumerable<string> Read(byte[] input)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (string[] setting in Encoding.UTF8.GetString(input).Split(SettingMutator.Separator).Select(s => s.Split('=', 2)))
        {
            settings[setting[0]] = setting[^1];
        }
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        FoundPlugin plugin = new PluginCatalog(_folder, configuration).Find("Pinned");
        new PluginTrust(configuration).Check(plugin);
        bool pinned = _pin.Equals(configuration["plugins:pins:Pinned"], StringComparison.OrdinalIgnoreCase);
        return pinned || configuration["plugins:trust"] is null or "any"
            ? [plugin.Folder]
            : throw new InvalidOperationException("A plugin passed whose pin is not given.");
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => SettingMutator.Mutate(input, dice, Seeds);

    private static byte[] Bytes(params string[] settings) => Encoding.UTF8.GetBytes(string.Join(SettingMutator.Separator, settings));
}
