namespace NeuroHal;

/// <summary>What a device is and has. Never changes while the device lives.</summary>
public sealed record DeviceInfo
{
    /// <summary>The id of the backend that opened it, such as <c>SpiNNaker2Emu</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>The device profile or host it stands for, such as <c>spinnaker2-prototype</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Whether results come from an emulation, a real chip or the host itself.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>The cores in use.</summary>
    public required int Cores { get; init; }

    /// <summary>The cores a device of this kind can have at most.</summary>
    public required int CoresAvailable { get; init; }

    /// <summary>
    /// The chips that the cores in use are on, in the order of their ids and as many on each; the last one may have fewer. What
    /// goes from chip to chip goes further than what stays on one.
    /// </summary>
    public int Chips { get; init; } = 1;

    /// <summary>The local memory of each core, program code included.</summary>
    public required Bytes SramPerCore { get; init; }

    /// <summary>Whether <see cref="SramPerCore"/> is a limit of the device rather than of the host's arrays.</summary>
    public required bool SramIsLimited { get; init; }

    /// <summary>External memory; zero where there is none.</summary>
    public required Bytes Dram { get; init; }

    /// <summary>The performance levels a core can be set to, slowest first; at least one.</summary>
    public required IReadOnlyList<PerformanceLevel> Levels { get; init; }

    /// <summary>How the device gets its energy figures; null where it has none.</summary>
    public required EnergyMethod? Energy { get; init; }

    /// <summary>Why there are no energy figures, in a few words, where <see cref="Energy"/> is null and the reason is known.</summary>
    public string? NoEnergyBecause { get; init; }

    /// <summary>Ways to run and wait that save power, by name, the default first; empty where there is no choice.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Ids of the accelerators in use, such as <c>exponential</c> and <c>random</c>.</summary>
    public IReadOnlyList<string> Accelerators { get; init; } = [];
}

/// <summary>What stands behind a device.</summary>
public enum DeviceKind
{
    /// <summary>A model of a chip.</summary>
    Emulation,

    /// <summary>The host processor itself.</summary>
    Host,

    /// <summary>A real chip.</summary>
    Hardware,
}

/// <summary>A supply voltage and clock frequency a core can run at.</summary>
/// <param name="Name">Its name in configuration, such as <c>PL3</c>.</param>
/// <param name="Volts">The supply in volts; 0 where it is not known.</param>
/// <param name="Hertz">The clock in hertz; 0 where it is not known.</param>
public readonly record struct PerformanceLevel(string Name, double Volts, double Hertz);

/// <summary>What a stretch of a run is for, so that figures for training are of training.</summary>
public enum Phase
{
    /// <summary>Bringing data in and setting up.</summary>
    Load,

    /// <summary>Training.</summary>
    Train,

    /// <summary>Measuring accuracy and reading results.</summary>
    Evaluate,
}
