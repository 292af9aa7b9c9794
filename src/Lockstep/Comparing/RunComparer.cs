using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Comparing;

/// <summary>Compares what a device does, as it does it, with what another did, and stops at the first difference.</summary>
public sealed class RunComparer : IRunWatcher
{
    private readonly IRecordSource _reference;
    private readonly CoreComparer[] _cores;
    private readonly Action _done;
    private SuperstepRecord? _next;

    /// <summary>Waits for the other device's first superstep.</summary>
    /// <param name="cores">The device's cores.</param>
    /// <param name="reference">What it should do.</param>
    /// <param name="ulps">
    /// How many floating-point numbers two may be apart (units in the last place) to pass as the same; 0 for the same bits. What
    /// is not floating point must always be the same bits.
    /// </param>
    /// <param name="done">Told when there is nothing more to find, so that the run can be ended early.</param>
    public RunComparer(int cores, IRecordSource reference, ulong ulps, Action done)
    {
        _reference = reference;
        _done = done;
        _cores = [.. Enumerable.Range(0, cores).Select(core => new CoreComparer(core, ulps))];
        Advance();
    }

    /// <summary>Where they part; null where they did not so far.</summary>
    public Divergence? Divergence { get; private set; }

    /// <summary>The supersteps that were the same.</summary>
    public long Supersteps { get; private set; }

    /// <summary>The kernel calls compared, those of all cores.</summary>
    public long KernelCalls => _cores.Sum(c => c.KernelCalls);

    /// <inheritdoc/>
    public bool IsDone { get; private set; }

    /// <inheritdoc/>
    public ICoreWatcher OfCore(int core) => _cores[core];

    /// <inheritdoc/>
    public void Begin(string superstep)
    {
        if (_next is null || _next.Name != superstep)
        {
            Part(new EventDivergence
            {
                SuperstepName = superstep,
                Kind = EventKind.Begin,
                Expected = _next is null ? "the end of the run" : $"superstep '{_next.Name}'",
                Actual = $"superstep '{superstep}'",
            });
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        if (IsDone)
        {
            return;
        }
        foreach (CoreComparer core in _cores)
        {
            core.End();
        }
        // A barrier spreads what one core did wrong: that core comes first, whatever its number.
        CoreComparer? first = _cores.Where(c => c.Found is not null).MinBy(c => c.Found!.Kind == EventKind.Barrier ? 1 : 0);
        if (first is not null)
        {
            Part(first.Found! with { SuperstepName = _next!.Name });
            return;
        }
        Supersteps++;
        Advance();
        if (_next is null && _reference.IsCut)
        {
            Stop();
        }
    }

    /// <summary>The run is over: makes sure that the other did no more.</summary>
    public void Finish()
    {
        if (!IsDone && _next is not null)
        {
            Part(new EventDivergence
            {
                SuperstepName = _next.Name,
                Kind = EventKind.Begin,
                Expected = $"superstep '{_next.Name}'",
                Actual = "the end of the run",
            });
        }
    }

    private void Advance()
    {
        _next = _reference.Next();
        if (_next is not null && _next.Cores.Count != _cores.Length)
        {
            throw new BadArgumentException(
                $"The device has {_cores.Length} cores, but the one it is compared with had {_next.Cores.Count}.");
        }
        for (int core = 0; core < _cores.Length; core++)
        {
            _cores[core].Expect(_next?.Cores[core] ?? []);
        }
    }

    private void Part(Divergence divergence)
    {
        Divergence = divergence with { Superstep = Supersteps + 1 };
        Stop();
    }

    private void Stop()
    {
        IsDone = true;
        _done();
    }
}
