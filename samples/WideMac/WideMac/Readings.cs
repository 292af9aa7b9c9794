using NeuroHal;

namespace WideMac;

/// <summary>Turns counts into time and energy. Everything is computed from whole numbers when it is asked for.</summary>
internal sealed class Readings(Profile profile, Ledger ledger, int cores)
{
    private const double Pico = 1e-12;
    private const double Milli = 1e-3;

    private readonly double _hertz = profile["clock"].Value;

    public DeviceCounters Read() => new([.. Enum.GetValues<Phase>().Select(Read)]);

    public static CoreCounters OfCore(Ledger ledger, double hertz, Phase phase, int core) => new()
    {
        Core = core,
        Busy = new Cycles(ledger.Read(phase, core, Count.Busy)),
        BusyTime = new Cycles(ledger.Read(phase, core, Count.Busy)).At(hertz),
        WaitingTime = new Cycles(ledger.Read(phase, core, Count.Waiting)).At(hertz),
        KernelCalls = ledger.Read(phase, core, Count.KernelCalls),
        Work = WorkCounts.None, // on the array there is none of the kind
        DmaLoaded = new Bytes(ledger.Read(phase, core, Count.Loaded)),
        DmaStored = new Bytes(ledger.Read(phase, core, Count.Stored)),
        NocSent = new Bytes(ledger.Read(phase, core, Count.Sent)),
    };

    private PhaseCounters Read(Phase phase) => new()
    {
        Phase = phase,
        Elapsed = Elapsed(phase),
        Cores = [.. Enumerable.Range(0, cores).Select(core => OfCore(ledger, _hertz, phase, core))],
        HostToDevice = new Bytes(ledger.Read(phase, ledger.Device, Count.ToDevice)),
        DeviceToHost = new Bytes(ledger.Read(phase, ledger.Device, Count.ToHost)),
        Energy = Energy(phase),
    };

    private SimTime Elapsed(Phase phase) => new Cycles(ledger.Read(phase, ledger.Device, Count.Elapsed)).At(_hertz);

    private EnergyReading Energy(Phase phase)
    {
        (EnergyDomain Domain, string Constant, double Amount)[] parts =
        [
            (EnergyDomain.CoreDynamic, "energy.operation", Sum(phase, Count.Operations) * Pico),
            (EnergyDomain.Accelerator, "energy.mac", Sum(phase, Count.Macs) * Pico),
            (EnergyDomain.Sram, "energy.sram", Sum(phase, Count.ArrayBytes) * Pico),
            (EnergyDomain.Dram, "energy.dram", (Sum(phase, Count.Loaded) + Sum(phase, Count.Stored)) * Pico),
            (EnergyDomain.Noc, "energy.noc", Sum(phase, Count.Sent) * Pico),
            (EnergyDomain.CoreStatic, "power.static", Elapsed(phase).Seconds * cores * Milli),
        ];
        double total = parts.Sum(p => profile[p.Constant].Value * p.Amount);
        double assumed = parts.Where(p => profile[p.Constant].IsAssumed).Sum(p => profile[p.Constant].Value * p.Amount);
        return new EnergyReading(
            EnergyMethod.Modelled,
            parts.ToDictionary(p => p.Domain, p => Priced(profile[p.Constant], p.Amount)),
            total > 0 ? assumed / total : 0);
    }

    private static Joules Priced(ModelConstant price, double amount) => new Joules(price.Value, price.Low, price.High) * amount;

    private double Sum(Phase phase, Count count) => Enumerable.Range(0, cores).Sum(core => (double)ledger.Read(phase, core, count));
}
