namespace NeuroHal;

/// <summary>
/// Whether several host threads are worth it: from time to time supersteps are timed both ways, and the faster way is kept. How fast
/// one processor sees what another has written differs between machines, and within minutes between the same machine's processors; and
/// where another program wants a processor, a superstep of microseconds waits for milliseconds. Results do not depend on the choice.
/// </summary>
internal sealed class ThreadChoice
{
    /// <summary>Supersteps that are timed at a time: a whole number of training steps, of five or six supersteps mostly.</summary>
    public const int Window = 240;

    // Windows until the other way is tried again: soon at first, while the runtime still compiles.
    private const int FirstStay = 4;
    private const int LongestStay = 128;

    // Several threads take processors from others, so they have to give something.
    private const double Gain = 0.98;

    private int _supersteps;
    private long _ticks;
    private long _others; // what a window took the other way
    private int _stay; // at the first window's end the other way is tried
    private int _windows;
    private bool _isTrial;

    /// <summary>Whether the next superstep is for all threads. The first is not: alone nothing can go wrong.</summary>
    public bool Together { get; private set; }

    /// <summary>Takes note of how long a superstep took.</summary>
    public void Took(long ticks)
    {
        _supersteps++;
        _ticks += ticks;
        // A trial ends early where it is lost already.
        bool isLost = _isTrial && _ticks > 2 * _others;
        if (_supersteps == Window || isLost)
        {
            EndWindow();
            (_supersteps, _ticks) = (0, 0);
        }
    }

    private void EndWindow()
    {
        if (!_isTrial)
        {
            _windows++;
            if (_windows >= _stay)
            {
                _others = _ticks;
                _isTrial = true;
                Together = !Together;
            }
            return;
        }
        (long together, long alone) = Together ? (_ticks, _others) : (_others, _ticks);
        bool wins = together < Gain * alone;
        _stay = wins == Together ? FirstStay : Math.Clamp(2 * _stay, FirstStay, LongestStay);
        Together = wins;
        (_isTrial, _windows) = (false, 0);
    }
}
