using Microsoft.Extensions.Configuration;

namespace NeuroHal.ReferenceCpu;

/// <summary>The configuration section <c>backends:ReferenceCpu</c>.</summary>
public sealed class CpuOptions
{
    /// <summary>The memory of each core in bytes, to check a fit at full speed; null for as much as the host has.</summary>
    /// <value>1 to 2,147,483,591, or null (the default).</value>
    public long? SramPerCore { get; init; }

    /// <summary>The host threads that run the cores of a superstep.</summary>
    /// <value>1 to 256; the host's processors by default. Results do not depend on it.</value>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 256);

    /// <summary>Where Linux shows the processor's energy counters.</summary>
    public string PowerCapFolder { get; init; } = "/sys/class/powercap";

    internal static CpuOptions Read(IConfiguration section)
    {
        BackendSettings.Require<CpuOptions>(section, "ReferenceCpu");
        CpuOptions options = section.Get<CpuOptions>() ?? new CpuOptions();
        if (options.SramPerCore is < 1 || options.SramPerCore > Array.MaxLength)
        {
            throw new BadArgumentException(
                $"backends:ReferenceCpu:sramPerCore is {options.SramPerCore}; it must be 1 to {Array.MaxLength} bytes.");
        }
        if (options.Threads is < 1 or > 256)
        {
            throw new BadArgumentException($"backends:ReferenceCpu:threads is {options.Threads}; it must be 1 to 256.");
        }
        return options;
    }
}
