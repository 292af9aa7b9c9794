namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// The faults of a device. They are within the emulator rather than in a device in front of it, because they strike in
/// bytes and picoseconds, which only the emulator has. Where no faults are asked for there is no injector.
/// </summary>
internal sealed class FaultInjector
{
    private readonly FaultPlan _plan;
    private readonly CoreFaults[] _cores;
    private bool _namesChecked;

    /// <exception cref="BadDataException">The plan names cores or addresses that the device does not have.</exception>
    public FaultInjector(FaultPlan plan, SramStorage[] memories)
    {
        FaultPlanFile.Check(plan, memories.Length, memories[0].Capacity);
        _plan = plan;
        Line = FaultPlanFile.ToLine(plan with { Schema = null, Comment = null });
        _cores = [.. memories.Select((memory, id) => new CoreFaults(this, plan, id, memory))];
    }

    /// <summary>The plan in one line.</summary>
    public string Line { get; }

    /// <summary>The superstep at hand, or the last one.</summary>
    public string Superstep { get; private set; } = "";

    /// <summary>Whether any core had wrong data when the superstep began, which others may have been sent.</summary>
    public bool HasWrongData { get; private set; }

    /// <summary>The cycles after which a core gives up.</summary>
    public long TimeoutCycles => _plan.TimeoutCycles;

    /// <summary>Whether a corrupted transfer is noticed.</summary>
    public bool Parity => _plan.Parity;

    public CoreFaults this[int core] => _cores[core];

    /// <summary>A superstep begins.</summary>
    /// <returns>What to run instead of its body: nothing on a core that is dead.</returns>
    public Action<ICore> Begin(string superstep, SimTime clock, Action<ICore> body)
    {
        if (!_namesChecked)
        {
            CheckNames();
            _namesChecked = true;
        }
        Superstep = superstep;
        HasWrongData = _cores.Any(c => c.HasWrongData);
        foreach (CoreFaults core in _cores)
        {
            core.Begin(clock);
        }
        return core =>
        {
            if (!(_cores[core.Id].DeadAt <= clock))
            {
                body(core);
            }
        };
    }

    /// <summary>Time passed for all cores.</summary>
    public void Expose(SimTime until, Phase phase)
    {
        foreach (CoreFaults core in _cores)
        {
            core.Expose(until, phase);
        }
    }

    /// <summary>The first core that did not come to the barrier; null where all did.</summary>
    public int? FindDead(SimTime clock)
    {
        int dead = Array.FindIndex(_cores, c => c.DeadAt <= clock);
        return dead < 0 ? null : dead;
    }

    /// <summary>The error that a dead core is found by.</summary>
    public DeviceFaultException Missing(int core)
    {
        CoreFaults dead = _cores[core];
        if (dead.Tally.Count(FaultKind.DeadCore) == 0)
        {
            dead.Tally.Inject(FaultKind.DeadCore);
        }
        dead.Tally.Detect(FaultKind.DeadCore);
        return new DeviceFaultException(dead.Where(
            $"it did not come to the barrier within {new Cycles(TimeoutCycles)}: dead since {dead.DeadAt}. Run on fewer cores, or without this fault."));
    }

    /// <summary>Tells what cores noticed of transfers to others.</summary>
    /// <exception cref="DeviceFaultException">Parity was wrong.</exception>
    public void RaiseNoticed()
    {
        foreach (CoreFaults core in _cores)
        {
            if (core.Noticed is { } fault)
            {
                core.Noticed = null;
                throw fault;
            }
        }
    }

    public IReadOnlyList<FaultCount> ReadFaults() => FaultTally.Sum(_cores.Select(c => c.Tally));

    /// <summary>A name that no buffer has would make a run without faults that looks like one with.</summary>
    private void CheckNames()
    {
        string[] names = [.. _cores.SelectMany(c => c.Sram.Buffers).Select(b => b.Name).Distinct()];
        for (int i = 0; i < _plan.Upsets.Count; i++)
        {
            foreach (string pattern in _plan.Upsets[i].Buffers.Where(p => !names.Any(n => FaultySram.Matches(n, [p]))))
            {
                throw NoSuchBuffer($"upsets[{i}].buffers", pattern, names);
            }
        }
        for (int i = 0; i < _plan.Flips.Count; i++)
        {
            FlipRule flip = _plan.Flips[i];
            if (flip.Buffer is null)
            {
                continue;
            }
            FaultyBuffer buffer = _cores[flip.Core].Sram.Named(flip.Buffer) ?? throw NoSuchBuffer($"flips[{i}].buffer", flip.Buffer, names);
            if (flip.Address >= buffer.Bytes.Length)
            {
                throw new BadDataException(
                    $"{_plan.Source}: flips[{i}].address is {flip.Address}; it must be below {buffer.Bytes.Length}, the bytes of '{flip.Buffer}'.");
            }
        }
    }

    private BadDataException NoSuchBuffer(string key, string given, string[] names) =>
        new($"{_plan.Source}: {key} is '{given}', but no buffer is called so; there are {string.Join(", ", names)}.");
}
