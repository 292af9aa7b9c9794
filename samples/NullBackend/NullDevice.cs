using NeuroHal;

namespace NullBackend;

internal sealed class NullDevice : IDevice
{
    private static readonly Bytes _dram = Bytes.FromKiB(1 << 20);

    private readonly NullCore _core = new();

    public DeviceInfo Info { get; } = new()
    {
        Backend = "NullBackend",
        Profile = "null",
        Kind = DeviceKind.Emulation,
        Cores = 1,
        CoresAvailable = 1,
        SramPerCore = NullSram.Size,
        SramIsLimited = true,
        Dram = _dram,
        Levels = [NullCore.OnlyLevel],
        Energy = null,
    };

    public IReadOnlyList<ICore> Cores => [_core];

    public IDram Dram { get; } = new NullDram(_dram);

    public IHostLink Host { get; } = new NullHostLink();

    public Phase Phase { get; set; }

    public void Superstep(string name, Action<ICore> body) =>
        throw NotYet.Implemented("NullDevice.Superstep", "run the body once on each core, then deliver what was sent (S1 to S4; CoreThreads does the first)");

    public DeviceCounters ReadCounters() =>
        throw NotYet.Implemented("NullDevice.ReadCounters", "time, traffic and energy by phase and core (C1 to C6)");

    public ReadOnlyMemory<byte> SaveState() =>
        throw NotYet.Implemented("NullDevice.SaveState", "the counters as bytes (C7; StateBlob packs them)");

    public void RestoreState(ReadOnlyMemory<byte> state) =>
        throw NotYet.Implemented("NullDevice.RestoreState", "take back what SaveState gave, refuse what is damaged (C7, C8; StateBlob unpacks)");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
