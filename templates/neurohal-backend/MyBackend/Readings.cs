using NeuroHal;

namespace MyBackend;

/// <summary>Turns counts into what the contract tells of them.</summary>
internal static class Readings
{
    public static DeviceCounters OfDevice(Ledger ledger) => new([.. Enum.GetValues<Phase>().Select(phase => OfPhase(ledger, phase))]);

    public static CoreCounters OfCore(Ledger ledger, Phase phase, int core) => new()
    {
        Core = core,
        Busy = new Cycles(ledger.Read(phase, core, Count.Busy)),
        BusyTime = Time(ledger.Read(phase, core, Count.Busy)),
        WaitingTime = Time(ledger.Read(phase, core, Count.Waiting)),
        KernelCalls = ledger.Read(phase, core, Count.KernelCalls),
        Work = WorkCounts.None,
        DmaLoaded = new Bytes(ledger.Read(phase, core, Count.Loaded)),
        DmaStored = new Bytes(ledger.Read(phase, core, Count.Stored)),
        NocSent = new Bytes(ledger.Read(phase, core, Count.Sent)),
    };

    private static PhaseCounters OfPhase(Ledger ledger, Phase phase) => new()
    {
        Phase = phase,
        Elapsed = Time(ledger.Read(phase, ledger.Device, Count.Elapsed)),
        Cores = [.. Enumerable.Range(0, ledger.Device).Select(core => OfCore(ledger, phase, core))],
        HostToDevice = new Bytes(ledger.Read(phase, ledger.Device, Count.ToDevice)),
        DeviceToHost = new Bytes(ledger.Read(phase, ledger.Device, Count.ToHost)),
        Energy = null, // an EnergyReading by domain, with bounds, once DeviceInfo.Energy says that there are figures
    };

    private static SimTime Time(long cycles) => new Cycles(cycles).At(Device.OnlyLevel.Hertz);
}
