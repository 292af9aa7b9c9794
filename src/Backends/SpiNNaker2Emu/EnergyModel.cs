using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Energy from what was counted. What switches scales with the square of the supply; static power goes with time. The
/// low figure takes every constant of energy and of timing at its lower bound, the high one at its upper bound.
/// </summary>
internal sealed class EnergyModel(DeviceProfile profile, EmuOptions options, Pricing pricing)
{
    private const double Pico = 1e-12;
    private const double MilliwattPicoseconds = 1e-15;

    private readonly EnergyProfile _energy = profile.Energy;

    public EnergyReading Of(IReadOnlyList<IReadOnlyList<CoreLedger>> cores, PhaseLedger phase)
    {
        var sum = new Sum();
        foreach (IReadOnlyList<CoreLedger> levels in cores)
        {
            for (int level = 0; level < levels.Count; level++)
            {
                Add(sum, levels[level], profile.Levels[level]);
            }
        }
        sum.Add(EnergyDomain.Dram, _energy.DramPower, MilliwattPicoseconds, phase.Picoseconds);
        sum.Add(EnergyDomain.HostLink, _energy.HostByte, Pico, phase.ToDevice + phase.ToHost);
        return sum.Reading;
    }

    private void Add(Sum sum, CoreLedger ledger, LevelProfile level)
    {
        double scale = Pico * level.Supply.Value * level.Supply.Value;
        double low = pricing.Low.Of(ledger.Work, ledger.KernelCalls).Count + (double)ledger.ControlCycles;
        double high = pricing.High.Of(ledger.Work, ledger.KernelCalls).Count + (double)ledger.ControlCycles;
        double busy = ledger.BusyCycles;
        sum.Add(EnergyDomain.CoreDynamic, _energy.CoreCycle, scale, busy, low, high);

        double awake = ledger.BusyPicoseconds;
        (double lowAwake, double highAwake) = busy > 0 ? (awake * low / busy, awake * high / busy) : (awake, awake);
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, MilliwattPicoseconds, awake, lowAwake, highAwake);
        double asleep = ledger.AsleepPicoseconds * MilliwattPicoseconds;
        Constant share = _energy.SleepShare;
        sum.Add(
            EnergyDomain.CoreStatic,
            level.StaticPower,
            1,
            asleep * share.Value,
            asleep * share.Low,
            asleep * share.High);

        sum.Add(EnergyDomain.Sram, _energy.SramAccess, scale, ledger.Work.Load + ledger.Work.Store);
        if (options.ExponentialAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.Exponential, scale, ledger.Work.Exponential);
        }
        if (options.RandomAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.RandomWord, scale, ledger.Work.RandomWord);
        }
        double offChip = ledger.Loaded + ledger.Stored;
        sum.Add(EnergyDomain.Dma, _energy.DmaByte, scale, offChip + ledger.Sent);
        sum.Add(EnergyDomain.Noc, _energy.NocByte, Pico, offChip + ledger.Sent);
        sum.Add(EnergyDomain.Dram, _energy.DramByte, Pico, offChip);
    }

    /// <summary>Adds up energy by domain and how much of it rests on assumed constants.</summary>
    private sealed class Sum
    {
        private readonly SortedDictionary<EnergyDomain, Joules> _domains = [];
        private double _assumed;
        private double _total;

        public EnergyReading Reading => new(EnergyMethod.Modelled, _domains, _total > 0 ? _assumed / _total : 0);

        public void Add(EnergyDomain domain, Constant constant, double scale, double amount) =>
            Add(domain, constant, scale, amount, amount, amount);

        public void Add(EnergyDomain domain, Constant constant, double scale, double amount, double low, double high)
        {
            Joules joules = constant.Times(amount, low, high) * scale;
            _domains[domain] = _domains.GetValueOrDefault(domain) + joules;
            _total += joules.Value;
            _assumed += constant.IsAssumed ? joules.Value : 0;
        }
    }
}
