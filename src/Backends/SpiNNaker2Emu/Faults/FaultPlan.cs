using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>Which faults a device is given: docs/faults.md says what each does and what becomes of it.</summary>
internal sealed record FaultPlan
{
    /// <summary>Lets editors check the file while it is written.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    [JsonPropertyName("$comment")]
    public string? Comment { get; init; }

    /// <summary>Where it was read, for errors.</summary>
    [JsonIgnore]
    public string Source { get; init; } = "Faults";

    /// <summary>Decides where and when what is drawn comes about.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether transfers carry a parity bit, by which a corrupted one is noticed.</summary>
    public bool Parity { get; init; }

    /// <summary>The cycles after which a core gives up on a transfer or on the others at a barrier.</summary>
    public long TimeoutCycles { get; init; } = 1_000_000;

    public IReadOnlyList<UpsetRule> Upsets { get; init; } = [];

    public IReadOnlyList<FlipRule> Flips { get; init; } = [];

    public IReadOnlyList<DeadCoreRule> DeadCores { get; init; } = [];

    public IReadOnlyList<SlowCoreRule> SlowCores { get; init; } = [];

    public IReadOnlyList<TransferRule> Transfers { get; init; } = [];
}

/// <summary>Bits of SRAM that flip at random moments and places, as particles make them.</summary>
internal sealed record UpsetRule
{
    /// <summary>Upsets per bit and second of device time.</summary>
    public required double Rate { get; init; }

    /// <summary>Names of buffers, with * and ? for any; empty for all.</summary>
    public IReadOnlyList<string> Buffers { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<int> Cores { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<FaultPhase> Phases { get; init; } = [];

    /// <summary>The lowest bit of an element, or of each 32-bit word of a longer one, that flips.</summary>
    public int LowestBit { get; init; }

    /// <summary>The highest one.</summary>
    public int HighestBit { get; init; } = 31;

    /// <summary>Seconds of device time before which nothing flips.</summary>
    public double From { get; init; }

    /// <summary>Seconds of device time after which nothing flips; null for never.</summary>
    public double? Until { get; init; }
}

/// <summary>A bit of SRAM that flips once.</summary>
internal sealed record FlipRule
{
    public required int Core { get; init; }

    /// <summary>The byte, from the start of the core's SRAM, or of the buffer where one is named.</summary>
    public required long Address { get; init; }

    /// <summary>The bit of that byte, 0 to 7.</summary>
    public required int Bit { get; init; }

    /// <summary>Seconds of device time.</summary>
    public required double Time { get; init; }

    /// <summary>The exact name of the buffer that <see cref="Address"/> counts from.</summary>
    public string? Buffer { get; init; }
}

/// <summary>A core that stops.</summary>
internal sealed record DeadCoreRule
{
    public required int Core { get; init; }

    /// <summary>Seconds of device time.</summary>
    public required double Time { get; init; }
}

/// <summary>A core whose clock is slower than its level says.</summary>
internal sealed record SlowCoreRule
{
    public required int Core { get; init; }

    /// <summary>The share of the clock that is left.</summary>
    public required double Factor { get; init; }

    /// <summary>Seconds of device time.</summary>
    public double Time { get; init; }
}

/// <summary>Transfers that go wrong: each with a chance, or one by its number.</summary>
internal sealed record TransferRule
{
    public required TransferEffect Effect { get; init; }

    /// <summary>The chance of each, 0 to 1.</summary>
    public double Rate { get; init; }

    /// <summary>The number of the one, counted from 1 on each core among those of <see cref="Kinds"/>.</summary>
    public long? Nth { get; init; }

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<TransferKind> Kinds { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<int> Cores { get; init; } = [];
}

/// <summary>What goes wrong with a transfer.</summary>
[JsonConverter(typeof(CamelCaseConverter<TransferEffect>))]
internal enum TransferEffect
{
    /// <summary>Nothing arrives and its end is never told: whoever waits for it runs into the time-out.</summary>
    Lose,

    /// <summary>Nothing arrives but its end is told: the destination keeps what it held.</summary>
    Drop,

    /// <summary>One bit of it arrives flipped.</summary>
    Corrupt,
}

/// <summary>Which way a transfer goes; in the order of <see cref="EmuTransferKind"/>.</summary>
[JsonConverter(typeof(CamelCaseConverter<TransferKind>))]
internal enum TransferKind
{
    Load,
    Store,
    Send,
}

/// <summary>What a stretch of a run is for; in the order of <see cref="Phase"/>.</summary>
[JsonConverter(typeof(CamelCaseConverter<FaultPhase>))]
internal enum FaultPhase
{
    Load,
    Train,
    Evaluate,
}

/// <summary>Enumerations as words.</summary>
internal sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
