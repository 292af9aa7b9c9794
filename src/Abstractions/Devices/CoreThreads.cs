using System.Runtime.ExceptionServices;

namespace NeuroHal;

/// <summary>
/// Runs a superstep's body for each of a device's cores on a few host threads. A superstep lasts microseconds, so threads
/// wait for the next one awake for a while before they go to sleep. Backends that run cores on the host build on it.
/// </summary>
public sealed class CoreThreads : IDisposable
{
    private const int SpinsBeforeSleep = 2000;

    private readonly ICore[] _cores;
    private readonly int _threads;
    private readonly Exception?[] _failures;
    private Sleeper[] _sleepers = [];
    private readonly Action<int> _runShare;
    private Action<ICore>? _body;
    private Action<int>? _part;
    private int _generation;
    private volatile int _running;
    private volatile bool _stopping;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="cores">The cores.</param>
    /// <param name="threads">The most threads to use, the calling one included; at least 1.</param>
    public CoreThreads(IEnumerable<ICore> cores, int threads)
    {
        _cores = [.. cores];
        _threads = Math.Min(threads, _cores.Length);
        _failures = new Exception?[_cores.Length];
        _runShare = RunShare;
    }

    /// <summary>The threads that are used, the calling one included.</summary>
    public int Parts => _threads;

    /// <summary>
    /// Runs the body once on each core and returns when all have ended. Where some throw, the exception of the core with
    /// the lowest number is passed on as it was.
    /// </summary>
    public void Run(Action<ICore> body)
    {
        _body = body;
        RunOnAll(_runShare);
    }

    /// <summary>
    /// Runs something other than cores, once for each of <see cref="Parts"/> numbers from 0, and returns when all have ended. Where
    /// some throw, the exception of the lowest number is passed on as it was.
    /// </summary>
    public void RunParts(Action<int> body) => RunOnAll(body);

    private void RunOnAll(Action<int> part)
    {
        if (_threads == 1)
        {
            RunPart(0, part);
        }
        else
        {
            Start();
            _part = part;
            _running = _threads - 1;
            NextGeneration();
            RunPart(0, part);
            var wait = default(Awake);
            while (_running > 0)
            {
                wait.Once();
            }
        }
        for (int core = 0; core < _failures.Length; core++)
        {
            if (_failures[core] is { } failure)
            {
                Array.Clear(_failures);
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _stopping = true;
        NextGeneration();
    }

    private void Start()
    {
        if (_sleepers.Length > 0)
        {
            return;
        }
        _sleepers = [.. Enumerable.Range(1, _threads - 1).Select(_ => new Sleeper())];
        for (int i = 1; i < _threads; i++)
        {
            int share = i;
            new Thread(() => Work(share)) { IsBackground = true, Name = $"NeuroHAL cores {share}" }.Start();
        }
    }

    private void NextGeneration()
    {
        Interlocked.Increment(ref _generation);
        foreach (Sleeper sleeper in _sleepers)
        {
            sleeper.Wake();
        }
    }

    private void Work(int share)
    {
        // Every thread takes part in every generation, so none is missed.
        for (int seen = 0; ; seen++)
        {
            var wait = default(Awake);
            for (int spins = 0; Volatile.Read(ref _generation) == seen && spins < SpinsBeforeSleep; spins++)
            {
                wait.Once();
            }
            _sleepers[share - 1].SleepWhile(ref _generation, seen);
            if (_stopping)
            {
                return;
            }
            RunPart(share, _part!);
            Interlocked.Decrement(ref _running);
        }
    }

    private void RunPart(int part, Action<int> body)
    {
        try
        {
            body(part);
        }
#pragma warning disable CA1031 // Whatever it throws is passed on, from the thread that called.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failures[part] = e;
        }
    }

    private void RunShare(int share)
    {
        Action<ICore> body = _body!;
        for (int core = share; core < _cores.Length; core += _threads)
        {
            try
            {
                body(_cores[core]);
            }
#pragma warning disable CA1031 // Whatever a program throws is passed on, from the thread that called.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failures[core] = e;
            }
        }
    }

    /// <summary>
    /// Waiting awake: for tens of microseconds without a call into the system, which would take as long as a superstep, then giving the
    /// processor to whoever wants it.
    /// </summary>
    private struct Awake
    {
        private const int Turns = 500;
        private SpinWait _longer;
        private int _turns;

        public void Once()
        {
            if (_turns < Turns)
            {
                _turns++;
                Thread.SpinWait(1);
            }
            else
            {
                _longer.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>A thread's bed: whoever changes the generation either finds it asleep, or it finds the change.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle is not asked for holds nothing to dispose of.
    private sealed class Sleeper
#pragma warning restore CA1001
    {
        private readonly SemaphoreSlim _wake = new(0);
        private int _asleep;

        public void SleepWhile(ref int generation, int seen)
        {
            while (Volatile.Read(ref generation) == seen)
            {
                Interlocked.Exchange(ref _asleep, 1);
                if (Volatile.Read(ref generation) == seen)
                {
                    _wake.Wait();
                }
                Interlocked.Exchange(ref _asleep, 0);
            }
        }

        public void Wake()
        {
            if (Volatile.Read(ref _asleep) == 1)
            {
                _wake.Release();
            }
        }
    }
}
