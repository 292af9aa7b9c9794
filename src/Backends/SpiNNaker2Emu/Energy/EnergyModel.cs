using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Energy from what was counted. What switches scales with the square of the supply; static power goes with time. The
/// low figure takes every constant of energy and every price of kernels at its lower bound, the high one at its upper bound.
/// </summary>
internal sealed class EnergyModel(DeviceProfile profile, EmuOptions options, Pricing pricing, int chips)
{
    private const double Pico = 1e-12;
    private const double MilliwattPicoseconds = 1e-15;

    private readonly EnergyProfile _energy = profile.Energy;

    /// <summary>The assumed share of cycles outside kernels: barriers and starting DMA are counted as one.</summary>
    private readonly double _control = Share(profile.Timing.Barrier.IsAssumed || profile.Transfers.DmaSetup.IsAssumed);

    /// <summary>The assumed share of time that is waited: it is as long as what others do, so any constant of that may be in it.</summary>
    private readonly double _waiting = Share(pricing.RestsOnAssumed || OfWaiting(profile).Any(c => c.IsAssumed));

    public EnergyReading Of(IReadOnlyList<IReadOnlyList<CoreLedger>> cores, PhaseLedger phase)
    {
        var sum = new EnergySum();
        foreach (IReadOnlyList<CoreLedger> levels in cores)
        {
            for (int level = 0; level < levels.Count; level++)
            {
                Add(sum, levels[level], profile.Levels[level]);
            }
        }
        sum.Add(EnergyDomain.Dram, _energy.DramPower, MilliwattPicoseconds, Waiting(phase.Picoseconds * (double)chips));
        sum.Add(EnergyDomain.HostLink, _energy.HostByte, Pico, phase.ToDevice + phase.ToHost);
        return sum.Reading;
    }

    /// <summary>The energy of what a kernel did at a level: what switches, and the static power meanwhile.</summary>
    public Joules Of(KernelLedger kernel, int level)
    {
        var sum = new EnergySum();
        AddWork(sum, kernel, 0, kernel.Picoseconds, profile.Levels[level]);
        return sum.Reading.Total;
    }

    private void Add(EnergySum sum, CoreLedger ledger, LevelProfile level)
    {
        KernelLedger kernels = ledger.Total;
        AddWork(sum, kernels, ledger.ControlCycles, kernels.Picoseconds + ledger.ControlPicoseconds, level);
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, MilliwattPicoseconds, Waiting(ledger.AwakePicoseconds));
        double asleep = ledger.AsleepPicoseconds * MilliwattPicoseconds;
        Constant share = _energy.SleepShare;
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, 1, new Amount(
            asleep * share.Value, asleep * share.Low, asleep * share.High, Math.Max(_waiting, Share(share.IsAssumed))));
        double offChip = ledger.Loaded + ledger.Stored;
        sum.Add(EnergyDomain.Dma, _energy.DmaByte, Scale(level), AtSupply(offChip + ledger.Sent, level));
        sum.Add(EnergyDomain.Noc, _energy.NocByteHop, Pico, ledger.ByteHops);
        if (profile.Board is { } board)
        {
            sum.Add(EnergyDomain.Noc, board.LinkByte, Pico, ledger.ByteLinks);
        }
        sum.Add(EnergyDomain.Dram, _energy.DramByte, Pico, offChip);
    }

    private void AddWork(EnergySum sum, in KernelLedger kernels, long controlCycles, double picoseconds, LevelProfile level)
    {
        double scale = Scale(level);
        double busy = kernels.Cycles + (double)controlCycles;
        double low = pricing.Low.Of(kernels.Work, kernels.Calls).Count + (double)controlCycles;
        double high = pricing.High.Of(kernels.Work, kernels.Calls).Count + (double)controlCycles;
        double assumed = busy > 0 ? Math.Min(1, (pricing.Assumed.Of(kernels.Work, kernels.Calls).Count + (_control * controlCycles)) / busy) : 0;
        double supply = Share(level.Supply.IsAssumed);
        sum.Add(EnergyDomain.CoreDynamic, _energy.CoreCycle, scale, new Amount(busy, low, high, Math.Max(assumed, supply)));
        (double lowTime, double highTime) = busy > 0 ? (picoseconds * low / busy, picoseconds * high / busy) : (picoseconds, picoseconds);
        sum.Add(EnergyDomain.CoreStatic, level.StaticPower, MilliwattPicoseconds, new Amount(
            picoseconds, lowTime, highTime, Math.Max(assumed, Share(level.Clock.IsAssumed))));
        sum.Add(EnergyDomain.Sram, _energy.SramAccess, scale, AtSupply(kernels.Work.Load + kernels.Work.PipelinedLoad + kernels.Work.Store, level));
        if (options.ExponentialAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.Exponential, scale, AtSupply(kernels.Work.Exponential, level));
        }
        if (options.RandomAccelerator)
        {
            sum.Add(EnergyDomain.Accelerator, _energy.RandomWord, scale, AtSupply(kernels.Work.RandomWord, level));
        }
    }

    /// <summary>A time that was waited.</summary>
    private Amount Waiting(double picoseconds) => new(picoseconds, picoseconds, picoseconds, _waiting);

    private static Constant[] OfWaiting(DeviceProfile profile)
    {
        TransferProfile transfers = profile.Transfers;
        Constant[] all = [profile.Timing.Barrier, transfers.DmaSetup, transfers.DramLatency, transfers.DramBandwidth, transfers.NocHopLatency, transfers.NocBandwidth];
        return profile.Board is { } board ? [.. all, board.LinkLatency, board.LinkBandwidth] : all;
    }

    /// <summary>What was counted, of which the energy goes with the square of the supply.</summary>
    private static Amount AtSupply(double counted, LevelProfile level) => new(counted, counted, counted, Share(level.Supply.IsAssumed));

    private static double Share(bool isAssumed) => isAssumed ? 1 : 0;

    private static double Scale(LevelProfile level) => Pico * level.Supply.Value * level.Supply.Value;
}
