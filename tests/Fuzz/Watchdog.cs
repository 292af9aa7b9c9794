namespace NeuroHal.Fuzz;

/// <summary>Ends the process where an input has no end, after telling which one it was: no test framework can end a loop.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer _timer;
    private readonly TimeSpan _limit;
    private Func<string>? _what;

    public Watchdog(TimeSpan limit)
    {
        _limit = limit;
        _timer = new Timer(_ => Bark(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An input begins.</summary>
    public void Begin(Func<string> what)
    {
        Volatile.Write(ref _what, what);
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has ended.</summary>
    public void End() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();

    private void Bark()
    {
        string what = Volatile.Read(ref _what)!();
        Console.Error.WriteLine(what);
        Environment.FailFast(what);
    }
}
