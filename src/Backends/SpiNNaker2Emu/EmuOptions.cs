using Microsoft.Extensions.Configuration;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>The configuration section <c>backends:SpiNNaker2Emu</c>.</summary>
public sealed class EmuOptions
{
    /// <summary>The device profile: the name of a shipped one, or the path of a JSON file.</summary>
    /// <value><c>spinnaker2-prototype</c> by default.</value>
    public string Profile { get; init; } = "spinnaker2-prototype";

    /// <summary>Whether exponentials use the accelerator; otherwise software on the core.</summary>
    public bool ExponentialAccelerator { get; init; } = true;

    /// <summary>Whether random words come from the hardware generator; otherwise software on the core.</summary>
    public bool RandomAccelerator { get; init; } = true;

    /// <summary>The host threads that run the cores of a superstep.</summary>
    /// <value>1 to 256; the host's processors by default. Results do not depend on it.</value>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 256);

    internal static EmuOptions Read(IConfiguration section)
    {
        BackendSettings.Require<EmuOptions>(section, "SpiNNaker2Emu");
        EmuOptions options = section.Get<EmuOptions>() ?? new EmuOptions();
        return options.Threads is >= 1 and <= 256
            ? options
            : throw new BadArgumentException($"backends:SpiNNaker2Emu:threads is {options.Threads}; it must be 1 to 256.");
    }
}
