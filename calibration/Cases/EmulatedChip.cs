using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Hosting;

namespace NeuroHal.Calibration.Cases;

/// <summary>Opens emulated devices of one core, with room for every shape.</summary>
internal sealed class EmulatedChip
{
    // What the firmware's harness has.
    private const long SramBytes = 1 << 20;

    private readonly PluginCatalog _plugins;

    public EmulatedChip(TemporaryFolder folder, bool randomAccelerator)
    {
        string shipped = Path.Combine(
            PluginDirectory.Find(new ConfigurationBuilder().Build()), "SpiNNaker2Emu", "profiles", "spinnaker2-prototype.json");
        JsonNode profile = JsonNode.Parse(File.ReadAllText(shipped))!;
        JsonNode sram = profile["sramPerCore"]!;
        (sram["value"], sram["low"], sram["high"]) = (SramBytes, SramBytes, SramBytes);
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
