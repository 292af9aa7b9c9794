namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>Decides which of a core's transfers go wrong.</summary>
internal sealed class TransferFaults(FaultPlan plan, int core)
{
    private const int ChancePurpose = 3 << 16;
    private const int PlacePurpose = 4 << 16;

    // By rule: the transfers counted so far; last, all that went wrong.
    private readonly long[] _counts = new long[plan.Transfers.Count + 1];

    private ref long Struck => ref _counts[^1];

    /// <summary>Counts a transfer that is started now.</summary>
    /// <returns>What goes wrong with it; of several rules the first counts. Null for nothing.</returns>
    public TransferEffect? Next(EmuTransferKind kind)
    {
        TransferEffect? effect = null;
        for (int i = 0; i < plan.Transfers.Count; i++)
        {
            TransferRule rule = plan.Transfers[i];
            if ((rule.Kinds.Count > 0 && !rule.Kinds.Contains((TransferKind)kind)) || (rule.Cores.Count > 0 && !rule.Cores.Contains(core)))
            {
                continue;
            }
            long number = ++_counts[i];
            bool strikes = rule.Nth is { } nth
                ? number == nth
                : new FaultDraw(plan.Seed, ChancePurpose + i, core, number).Unit() < rule.Rate;
            effect ??= strikes ? rule.Effect : null;
        }
        Struck += effect is null ? 0 : 1;
        return effect;
    }

    /// <summary>Which bit of the transfer that <see cref="Next"/> decided on last is flipped.</summary>
    public (int Byte, int Bit) Place(int bytes)
    {
        long place = new FaultDraw(plan.Seed, PlacePurpose, core, Struck).Below(bytes * 8L);
        return ((int)(place / 8), (int)(place % 8));
    }

    public IEnumerable<long> ToWords() => _counts;

    public void FromWords(ReadOnlySpan<long> words) => words[.._counts.Length].CopyTo(_counts);
}
