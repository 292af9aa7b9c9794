using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Energy from what was counted. What switches scales with the square of the supply; static power goes with time. The
/// low figure takes every constant of energy and of timing at its lower bound, the high one at its upper bound.
/// </summary>
internal sealed class EnergyModel(DeviceProfile profile, EmuOptions options, Pricing pricing, int chips)
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
        sum.Add(EnergyDomain.Dram, _energy.DramPower, MilliwattPicoseconds, phase.Picoseconds * (double)chips);
        sum.Add(EnergyDomain.HostLink, _energy.HostByte, Pico, phase.ToDevice + phase.ToHost);
        return sum.Reading;
    }

    /// <summary>The energy of what a kernel did at a level: what switches, and the static power meanwhile.</summary>
    public Joules Of(KernelLedger kernel, int level)
    {
        var sum = new Sum();
        AddWork(sum, kernel, 0, kernel.Picoseconds, profile.Levels[level]);
        return sum.Reading.Total;
    }

    private void Add(Sum sum, CoreLedger ledger, LevelProfile level)
    {
        KernelLedger kernels = ledger.Total;
        AddWork(sum, kernels, ledger.ControlCycles, kernels.Picoseconds + ledger.ControlPicoseconds, level);
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, MilliwattPicoseconds, ledger.AwakePicoseconds);
        double asleep = ledger.AsleepPicoseconds * MilliwattPicoseconds;
        Constant share = _energy.SleepShare;
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, 1, asleep * share.Value, asleep * share.Low, asleep * share.High);
        double offChip = ledger.Loaded + ledger.Stored;
        sum.Add(EnergyDomain.Dma, _energy.DmaByte, Scale(level), offChip + ledger.Sent);
        sum.Add(EnergyDomain.Noc, _energy.NocByteHop, Pico, ledger.ByteHops);
        if (profile.Board is { } board)
        {
            sum.Add(EnergyDomain.Noc, board.LinkByte, Pico, ledger.ByteLinks);
        }
        sum.Add(EnergyDomain.Dram, _energy.DramByte, Pico, offChip);
    }

    private void AddWork(Sum sum, in KernelLedger kernels, long controlCycles, double picoseconds, LevelProfile level)
    {
        double scale = Scale(level);
        double busy = kernels.Cycles + (double)controlCycles;
        double low = pricing.Low.Of(kernels.Work, kernels.Calls).Count + (double)controlCycles;
        double high = pricing.High.Of(kernels.Work, kernels.Calls).Count + (double)controlCycles;
        sum.Add(EnergyDomain.CoreDynamic, _energy.CoreCycle, scale, busy, low, high);
        (double lowTime, double highTime) = busy > 0 ? (picoseconds * low / busy, picoseconds * high / busy) : (picoseconds, picoseconds);
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, MilliwattPicoseconds, picoseconds, lowTime, highTime);
        sum.Add(EnergyDomain.Sram, _energy.SramAccess, scale, kernels.Work.Load + kernels.Work.PipelinedLoad + kernels.Work.Store);
        if (options.ExponentialAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.Exponential, scale, kernels.Work.Exponential);
        }
        if (options.RandomAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.RandomWord, scale, kernels.Work.RandomWord);
        }
    }

    private static double Scale(LevelProfile level) => Pico * level.Supply.Value * level.Supply.Value;

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
