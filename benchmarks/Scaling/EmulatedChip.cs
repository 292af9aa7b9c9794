using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Hosting;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>
/// The shipped profiles, and variants of them with more SRAM than any chip has: so that one core can hold what is divided over
/// many, to have something to compare with. Nothing but the size of the SRAM is changed.
/// </summary>
internal sealed class EmulatedChip
{
    private const string Backend = "SpiNNaker2Emu";
    private const long RoomyBytes = 64L << 20;

    private readonly string _profiles = Path.Combine(PluginDirectory.Find(new ConfigurationBuilder().Build()), Backend, "profiles");
    private readonly Dictionary<(string Profile, int Threads), PluginCatalog> _catalogs = [];

    /// <summary>The SRAM that a core of the shipped profiles has.</summary>
    public const long SramBytes = 131_072;

    /// <summary>Opens a device with as much SRAM as it takes.</summary>
    public IDevice Open(int cores, int threads = 0)
    {
        string profile = cores > 152 ? "spinnaker2-board" : "spinnaker2";
        threads = threads == 0 ? Environment.ProcessorCount : threads;
        if (!_catalogs.TryGetValue((profile, threads), out PluginCatalog? catalog))
        {
            catalog = new PluginCatalog(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"backends:{Backend}:profile"] = Roomy(profile),
                [$"backends:{Backend}:threads"] = threads.ToString(CultureInfo.InvariantCulture),
            }).Build());
            _catalogs.Add((profile, threads), catalog);
        }
        return catalog.Open(Backend, new DeviceRequest { Cores = cores });
    }

    private string Roomy(string name)
    {
        JsonNode profile = JsonNode.Parse(File.ReadAllText(Path.Combine(_profiles, name + ".json")))!;
        profile["name"] = $"{name}-with-64-MB-a-core";
        JsonNode sram = profile["sramPerCore"]!;
        (sram["value"], sram["low"], sram["high"]) = (RoomyBytes, RoomyBytes, RoomyBytes);
        sram["source"] = "assumed: no chip; room for a whole network on one core";
        string file = Path.Combine(Path.GetTempPath(), $"{name}-roomy-{Environment.ProcessId}.json");
        File.WriteAllText(file, profile.ToJsonString());
        return file;
    }
}
