namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// One core's faults. Upsets strike between kernels, for the time that the one before took; what else passed, waiting and
/// transfers, is made up for at the barrier. A core's own time does not depend on the others, so neither do its faults.
/// </summary>
internal sealed class CoreFaults
{
    private readonly FaultInjector _injector;
    private readonly FaultPlan _plan;
    private readonly int _core;
    private readonly UpsetProcess[] _upsets;
    private readonly (SimTime At, FlipRule Rule)[] _flips;
    private int _flipsDone;
    private SimTime _now;
    private string? _last;

    public CoreFaults(FaultInjector injector, FaultPlan plan, int core, SramStorage memory)
    {
        (_injector, _plan, _core) = (injector, plan, core);
        Sram = new FaultySram(memory);
        Transfers = new TransferFaults(plan, core);
        _upsets =
        [
            .. Enumerable.Range(0, plan.Upsets.Count).Where(i => UpsetProcess.AppliesTo(plan.Upsets[i], core))
                .Select(i => new UpsetProcess(plan, i, core, memory.Capacity)),
        ];
        _flips = [.. plan.Flips.Where(f => f.Core == core).Select(f => (SimTime.FromSeconds(f.Time), f)).OrderBy(f => f.Item1)];
        DeadAt = plan.DeadCores.Where(d => d.Core == core).Select(d => (SimTime?)SimTime.FromSeconds(d.Time)).Min();
    }

    public FaultySram Sram { get; }

    public TransferFaults Transfers { get; }

    public FaultTally Tally { get; } = new();

    /// <summary>The share of its clock that the core runs at.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>When it dies; null for never.</summary>
    public SimTime? DeadAt { get; }

    /// <summary>What it noticed of transfers to others, to be told at the barrier.</summary>
    public DeviceFaultException? Noticed { get; set; }

    /// <summary>Whether what is in this core's SRAM may be other than what was put there.</summary>
    public bool HasWrongData => Tally.Count(FaultKind.BitFlip) + Tally.Count(FaultKind.LostTransfer)
        + Tally.Count(FaultKind.DroppedTransfer) + Tally.Count(FaultKind.CorruptedTransfer) > 0;

    /// <summary>A superstep begins.</summary>
    public void Begin(SimTime clock)
    {
        SlowCoreRule[] slow = [.. _plan.SlowCores.Where(s => s.Core == _core && SimTime.FromSeconds(s.Time) <= clock)];
        Speed = slow.Select(s => s.Factor).DefaultIfEmpty(1).Min();
        while (Tally.Count(FaultKind.SlowCore) < slow.Length)
        {
            Tally.Inject(FaultKind.SlowCore);
        }
    }

    /// <summary>Runs a kernel on memory that may be wrong.</summary>
    /// <exception cref="DeviceFaultException">What it read led it out of its buffers.</exception>
    public WorkCounts Run<TKernel>(in TKernel kernel, SramView sram)
        where TKernel : struct, IKernel
    {
        try
        {
            return kernel.Run(sram);
        }
        catch (Exception e) when (IsOfWrongData(e))
        {
            throw Derailed(kernel.Name, e.Message.ReplaceLineEndings(" "), e);
        }
    }

    /// <summary>A kernel ran: time passes.</summary>
    /// <exception cref="DeviceFaultException">It counted less than nothing.</exception>
    public void Ran(string kernel, Cycles cycles, SimTime time, Phase phase)
    {
        if (cycles < Cycles.Zero)
        {
            throw Derailed(kernel, $"it took {cycles}", null);
        }
        Expose(_now + time, phase);
    }

    /// <summary>Time passes up to a moment.</summary>
    public void Expose(SimTime until, Phase phase)
    {
        foreach (UpsetProcess upsets in _upsets)
        {
            upsets.Expose(_now, until, phase, this);
        }
        for (; _flipsDone < _flips.Length && _flips[_flipsDone].At <= until; _flipsDone++)
        {
            Flip(_flips[_flipsDone].Rule);
        }
        _now = until;
    }

    public void Flip(FaultyBuffer buffer, long address, int bit)
    {
        Sram.Flip(buffer, address, bit);
        Tally.Inject(FaultKind.BitFlip);
        _last = $"bit {bit} of the byte at 0x{address:X} in '{buffer.Name}'";
    }

    /// <summary>Names a place for an error.</summary>
    public string Where(string what) => $"Core {_core}, superstep '{_injector.Superstep}' at {_now}: {what}";

    public IEnumerable<long> ToWords() => [_flipsDone, .. Tally.ToWords(), .. _upsets.SelectMany(u => u.ToWords()), .. Transfers.ToWords()];

    public void FromWords(SimTime now, ReadOnlySpan<long> words)
    {
        _now = now;
        _flipsDone = (int)words[0];
        words = words[1..];
        Tally.FromWords(words);
        words = words[FaultTally.Words..];
        foreach (UpsetProcess upsets in _upsets)
        {
            upsets.FromWords(words);
            words = words[UpsetProcess.Words..];
        }
        Transfers.FromWords(words);
    }

    private void Flip(FlipRule rule)
    {
        FaultyBuffer? buffer = rule.Buffer is null ? Sram.At(rule.Address) : Sram.Named(rule.Buffer);
        long address = rule.Buffer is null ? rule.Address : rule.Address + (buffer?.Bytes.Offset ?? 0);
        if (buffer is null || address >= buffer.End)
        {
            Tally.Miss(FaultKind.BitFlip);
            return;
        }
        Flip(buffer, address, rule.Bit);
    }

    // What kernels can come to on wrong data. Anything else, or this on right data, is a defect of the program.
    private bool IsOfWrongData(Exception e) =>
        e is IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidOperationException
        && (HasWrongData || _injector.HasWrongData);

    private DeviceFaultException Derailed(string kernel, string how, Exception? inner)
    {
        FaultKind kind = Tally.Count(FaultKind.BitFlip) > 0 || Tally.Count(FaultKind.CorruptedTransfer) == 0
            ? FaultKind.BitFlip
            : FaultKind.CorruptedTransfer;
        Tally.Detect(kind);
        string last = _last is null ? "" : $", the last of {_last}";
        return new DeviceFaultException(
            Where($"kernel '{kernel}' was led out of its buffers by wrong data ({how}) after {Tally.Count(FaultKind.BitFlip)} bit flip(s) here{last}. ")
            + "Go on from a checkpoint, or run without these faults.",
            inner);
    }
}
