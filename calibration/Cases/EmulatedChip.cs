using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Hosting;

namespace NeuroHal.Calibration.Cases;

/// <summary>Opens emulated devices of one core.</summary>
internal sealed class EmulatedChip
{
    /// <summary>What the firmware's harness has, which is room for every shape.</summary>
    public const long HarnessSram = 1 << 20;

    private readonly PluginCatalog _plugins;

    /// <param name="folder">Where its profile goes.</param>
    /// <param name="randomAccelerator">Whether it has a random number generator.</param>
    /// <param name="sram">The bytes of its core's SRAM; null for what the shipped profile says.</param>
    public EmulatedChip(TemporaryFolder folder, bool randomAccelerator, long? sram)
    {
        string shipped = Path.Combine(
            PluginDirectory.Find(new ConfigurationBuilder().Build()), "SpiNNaker2Emu", "profiles", "spinnaker2-prototype.json");
        JsonNode profile = JsonNode.Parse(File.ReadAllText(shipped))!;
        if (sram is { } bytes)
        {
            JsonNode node = profile["sramPerCore"]!;
            (node["value"], node["low"], node["high"]) = (bytes, bytes, bytes);
        }
        string file = folder.File("profile.json");
        File.WriteAllText(file, profile.ToJsonString());
        _plugins = new PluginCatalog(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["backends:SpiNNaker2Emu:profile"] = file,
            ["backends:SpiNNaker2Emu:randomAccelerator"] = randomAccelerator.ToString(CultureInfo.InvariantCulture),
        }).Build());
    }

    public IDevice Open() => _plugins.Open("SpiNNaker2Emu", new DeviceRequest { Cores = 1 });
}
