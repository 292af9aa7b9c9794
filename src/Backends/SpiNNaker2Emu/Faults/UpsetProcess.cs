namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// The upsets that one rule makes in one core's SRAM: a Poisson process over all of its bits, of which only those strikes
/// count that the rule asks for. So whoever narrows a rule to some buffers sees the same strikes there.
/// </summary>
internal sealed class UpsetProcess
{
    private const double PicosecondsPerSecond = 1e12;

    // Twenty hours of device time, longer than any run: a strike that is further off does not come.
    private const long Never = 1L << 56;
    private const int WaitPurpose = 1 << 16;
    private const int PlacePurpose = 2 << 16;

    private readonly FaultPlan _plan;
    private readonly UpsetRule _rule;
    private readonly int _number;
    private readonly int _core;
    private readonly long _bits;
    private readonly Dictionary<string, bool> _isMeant = [];
    private readonly SimTime _from;
    private readonly SimTime _until;
    private long _strikes;
    private long _left;

    public UpsetProcess(FaultPlan plan, int number, int core, Bytes sram)
    {
        (_plan, _number, _core, _bits) = (plan, number, core, sram.Count * 8);
        _rule = plan.Upsets[number];
        _from = SimTime.FromSeconds(_rule.From);
        _until = _rule.Until is { } until ? SimTime.FromSeconds(until) : new SimTime(long.MaxValue);
        _left = DrawWait();
    }

    public static int Words => 2;

    public static bool AppliesTo(UpsetRule rule, int core) => rule.Cores.Count == 0 || rule.Cores.Contains(core);

    /// <summary>Lets time pass in a phase, and flips what is struck meanwhile.</summary>
    public void Expose(SimTime from, SimTime until, Phase phase, CoreFaults memory)
    {
        if (_rule.Phases.Count > 0 && !_rule.Phases.Contains((FaultPhase)phase))
        {
            return;
        }
        long exposed = Math.Min(until.Picoseconds, _until.Picoseconds) - Math.Max(from.Picoseconds, _from.Picoseconds);
        if (exposed <= 0)
        {
            return;
        }
        while (_left <= exposed)
        {
            exposed -= _left;
            Strike(memory);
            _strikes++;
            _left = DrawWait();
        }
        if (_left < Never)
        {
            _left -= exposed;
        }
    }

    public IEnumerable<long> ToWords() => [_strikes, _left];

    public void FromWords(ReadOnlySpan<long> words) => (_strikes, _left) = (words[0], words[1]);

    private long DrawWait() => _rule.Rate == 0
        ? Never
        : (long)Math.Min(
            Never,
            PicosecondsPerSecond / (_rule.Rate * _bits) * new FaultDraw(_plan.Seed, WaitPurpose + _number, _core, _strikes).Exponential());

    private void Strike(CoreFaults memory)
    {
        long place = new FaultDraw(_plan.Seed, PlacePurpose + _number, _core, _strikes).Below(_bits);
        (long address, int bit) = (place / 8, (int)(place % 8));
        if (memory.Sram.At(address) is not { } buffer)
        {
            // A rule for some buffers does not ask for what lies between them.
            if (_rule.Buffers.Count == 0)
            {
                memory.Tally.Miss(FaultKind.BitFlip);
            }
            return;
        }
        int inWord = (int)((address - buffer.Bytes.Offset) % buffer.Word * 8) + bit;
        if (inWord >= _rule.LowestBit && inWord <= _rule.HighestBit && IsMeant(buffer.Name))
        {
            memory.Flip(buffer, address, bit);
        }
    }

    private bool IsMeant(string name)
    {
        if (!_isMeant.TryGetValue(name, out bool meant))
        {
            meant = FaultySram.Matches(name, _rule.Buffers);
            _isMeant.Add(name, meant);
        }
        return meant;
    }
}
