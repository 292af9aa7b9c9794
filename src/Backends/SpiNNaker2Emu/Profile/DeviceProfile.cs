using System.Text.Json.Serialization;
using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.SpiNNaker2Emu.Profile;

/// <summary>Everything that is a number about a chip.</summary>
internal sealed record DeviceProfile
{
    /// <summary>Lets editors check the file while it is written.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    [JsonPropertyName("$comment")]
    public string? Comment { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The cores of a chip.</summary>
    public required int Cores { get; init; }

    /// <summary>The routers in a row of the mesh.</summary>
    public required int NocColumns { get; init; }

    [Unit("B")]
    public required Constant SramPerCore { get; init; }

    /// <summary>External memory of a chip.</summary>
    [Unit("B")]
    public required Constant Dram { get; init; }

    /// <summary>Slowest first.</summary>
    public required IReadOnlyList<LevelProfile> Levels { get; init; }

    public required TimingProfile Timing { get; init; }

    public required TransferProfile Transfers { get; init; }

    public required EnergyProfile Energy { get; init; }

    /// <summary>Where there is more than one chip, how they are connected; left out for one.</summary>
    public BoardProfile? Board { get; init; }

    /// <summary>The cores of all chips.</summary>
    internal int AllCores => Cores * (Board?.Chips ?? 1);

    /// <summary>What goes wrong on this chip, unless a run brings a plan of its own; left out for nothing.</summary>
    public FaultPlan? Faults { get; init; }
}

/// <summary>A performance level.</summary>
internal sealed record LevelProfile
{
    public required string Name { get; init; }

    [Unit("V")]
    public required Constant Supply { get; init; }

    [Unit("Hz")]
    public required Constant Clock { get; init; }

    /// <summary>Leakage and clock tree of an element that does nothing but is awake.</summary>
    [Unit("mW")]
    public required Constant StaticPower { get; init; }
}

/// <summary>Cycles of each class of operation, and of what surrounds kernels.</summary>
internal sealed record TimingProfile
{
    [Unit("cycles")]
    public required Constant IntegerAlu { get; init; }

    [Unit("cycles")]
    public required Constant IntegerDivide { get; init; }

    [Unit("cycles")]
    public required Constant Load { get; init; }

    /// <summary>A load that follows a load.</summary>
    [Unit("cycles")]
    public required Constant PipelinedLoad { get; init; }

    [Unit("cycles")]
    public required Constant Store { get; init; }

    [Unit("cycles")]
    public required Constant BranchTaken { get; init; }

    [Unit("cycles")]
    public required Constant BranchNotTaken { get; init; }

    [Unit("cycles")]
    public required Constant FloatAdd { get; init; }

    [Unit("cycles")]
    public required Constant FloatMultiply { get; init; }

    [Unit("cycles")]
    public required Constant FloatMultiplyAdd { get; init; }

    [Unit("cycles")]
    public required Constant FloatCompare { get; init; }

    [Unit("cycles")]
    public required Constant FloatConvert { get; init; }

    [Unit("cycles")]
    public required Constant FloatDivide { get; init; }

    [Unit("cycles")]
    public required Constant FloatSquareRoot { get; init; }

    [Unit("cycles")]
    public required Constant ExponentialAccelerated { get; init; }

    [Unit("cycles")]
    public required Constant ExponentialSoftware { get; init; }

    [Unit("cycles")]
    public required Constant RandomAccelerated { get; init; }

    [Unit("cycles")]
    public required Constant RandomSoftware { get; init; }

    /// <summary>A cycle lost between instructions.</summary>
    [Unit("cycles")]
    public required Constant Stall { get; init; }

    /// <summary>Call, prologue, address set-up and return of a kernel.</summary>
    [Unit("cycles")]
    public required Constant KernelCall { get; init; }

    /// <summary>Meeting the other cores; none with one core.</summary>
    [Unit("cycles")]
    public required Constant Barrier { get; init; }

    [Unit("ns")]
    public required Constant LevelSwitch { get; init; }
}

/// <summary>How long transfers take.</summary>
internal sealed record TransferProfile
{
    /// <summary>The core's own work to start a transfer.</summary>
    [Unit("cycles")]
    public required Constant DmaSetup { get; init; }

    [Unit("ns")]
    public required Constant DramLatency { get; init; }

    [Unit("B/s")]
    public required Constant DramBandwidth { get; init; }

    /// <summary>Through one router and its link.</summary>
    [Unit("ns")]
    public required Constant NocHopLatency { get; init; }

    [Unit("B/s")]
    public required Constant NocBandwidth { get; init; }

    [Unit("B/s")]
    public required Constant HostBandwidth { get; init; }
}

/// <summary>Energy at 1.0 V; what switches scales with the square of the supply.</summary>
internal sealed record EnergyProfile
{
    [Unit("pJ")]
    public required Constant CoreCycle { get; init; }

    [Unit("pJ")]
    public required Constant SramAccess { get; init; }

    [Unit("pJ")]
    public required Constant Exponential { get; init; }

    [Unit("pJ")]
    public required Constant RandomWord { get; init; }

    /// <summary>The static power of a sleeping element, as a share of that of one awake.</summary>
    [Unit("1")]
    public required Constant SleepShare { get; init; }

    [Unit("pJ/B")]
    public required Constant DmaByte { get; init; }

    /// <summary>Through one router and its link.</summary>
    [Unit("pJ/B")]
    public required Constant NocByteHop { get; init; }

    [Unit("pJ/B")]
    public required Constant DramByte { get; init; }

    [Unit("mW")]
    public required Constant DramPower { get; init; }

    [Unit("pJ/B")]
    public required Constant HostByte { get; init; }
}

/// <summary>Several chips, each with six links to others.</summary>
internal sealed record BoardProfile
{
    public required int Chips { get; init; }

    /// <summary>The chips in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>From router to router over a link between chips.</summary>
    [Unit("ns")]
    public required Constant LinkLatency { get; init; }

    /// <summary>Of a link, each way.</summary>
    [Unit("B/s")]
    public required Constant LinkBandwidth { get; init; }

    /// <summary>Over one link, both ends together.</summary>
    [Unit("pJ/B")]
    public required Constant LinkByte { get; init; }
}
