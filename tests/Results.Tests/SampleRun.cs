using NeuroHal.DeepR;

namespace NeuroHal.Results.Tests;

/// <summary>A sample result.</summary>
internal static class SampleRun
{
    /// <summary>Everything there can be in it.</summary>
    public static RunRecord Whole => new()
    {
        SchemaVersion = RunRecord.CurrentSchema,
        Command = "train",
        Backend = new BackendRecord("SpiNNaker2Emu", "0.1.0", "spinnaker2-prototype", DeviceKind.Emulation),
        Device = new DeviceSettings { Level = "PL3", Policy = "per-phase", Backend = new Dictionary<string, string> { ["profile"] = "spinnaker2", ["threads"] = "2" } },
        Dataset = new DatasetRecord("digits", "ab12", "built-in generator, seed 1", 900, 100, 50),
        Preset = "fast",
        Training = Presets.Fast with { Lanes = 4, Rewiring = new() { Policy = "set", Every = 600, Fraction = 0.2f } },
        Initial = new WeightsRecord("0fa7898d509279e4"),
        Accuracy = new AccuracyRecord(0.9375, 0.9, [new EpochResult(1, 0.5, 0.8, 1.25) { Connections = 3552, DeviceSeconds = 1.5, Joules = 0.25 }, new EpochResult(2, 0.75, 0.9, null)]),
        Connections = new ConnectionsRecord(3500, 3552, 3551, 0.0133),
        Memory = new MemoryRecord([new CoreMemoryRecord(0, 65_536, 49_044, [new RegionRecord("stack (assumed)", 2048)]), new CoreMemoryRecord(1, null, 10, [])]),
        Time = new TimeRecord(12.5, 3.25, 3, 600) { Cores = [new CoreTimeRecord(0, 2, 1, 1_000_000_000_000, 12, 34, 56, 78)] },
        Kernels = [new KernelRecord(0, "sparse-forward", 12, 3400, 0.5, 0.125)],
        Energy = new EnergyRecord(0.5, 0.25, 1, EnergyMethod.Modelled, 0.17, 0.108, new Dictionary<string, double> { ["coreDynamic"] = 0.5 }),
        Weights = new WeightsRecord("d37e25e8539dce6b"),
        NonFinite = new NonFiniteNumber { Epoch = 2, Sample = 10, Core = 0, Kernel = "sparse-update", Buffer = "layer 1 theta", Element = 7, Value = "NaN" },
        CountersSince = new CountersSince(2, 10, "ReferenceCpu"),
        Environment = new EnvironmentRecord("Linux", "a processor", ".NET 10", "0.1.0", "0123abc"),
    };
}
