namespace NeuroHal.Benchmarks.Scaling;

/// <summary>
/// Tells what cores wait for. At a barrier they first wait for the last core, then, all of them, for what was sent: the network.
/// </summary>
internal sealed class WaitingTimes(int cores) : ITimelineSink
{
    private readonly Lock _lock = new();
    private SimTime _barrier;
    private SimTime _lastArrival;
    private long _waited;
    private int _waiting;

    /// <summary>Picoseconds, over all cores, until the last core had arrived.</summary>
    public double ForOthers { get; private set; }

    /// <summary>Picoseconds, over all cores, from then on, and for own transfers.</summary>
    public double ForNetwork { get; private set; }

    public void Span(TimelineSpan span)
    {
        if (span.Activity != TimelineActivity.Wait)
        {
            return;
        }
        lock (_lock)
        {
            if (span.Name != "wait at barrier")
            {
                ForNetwork += (span.End - span.Start).Picoseconds;
                return;
            }
            if (span.End != _barrier)
            {
                End();
                _barrier = span.End;
            }
            _lastArrival = SimTime.Max(_lastArrival, span.Start);
            _waited += (span.End - span.Start).Picoseconds;
            _waiting++;
        }
    }

    public void Level(int core, PerformanceLevel level, SimTime at)
    {
    }

    /// <summary>Ends the last barrier.</summary>
    public void End()
    {
        // Where a core did not wait, it was the last, and nothing was on its way any more.
        long network = _waiting == cores ? (_barrier - _lastArrival).Picoseconds * cores : 0;
        ForNetwork += network;
        ForOthers += _waited - network;
        (_waited, _waiting, _lastArrival) = (0, 0, SimTime.Zero);
    }
}
