using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal;

/// <summary>
/// Runs a superstep's body for each of a device's cores on a few host threads. A superstep lasts microseconds, so threads
/// wait for the next one awake for a while before they go to sleep. Where it turns out that several threads take longer than one,
/// one is used. Backends that run cores on the host build on it.
/// </summary>
public sealed class CoreThreads : IDisposable
{
    private const int SpinsBeforeSleep = 2000;

    // Of more cores a superstep lasts long enough for several threads to be worth it.
    private const int FewCores = 16;

    private readonly ICore[] _cores;
    private readonly int _threads;
    private readonly Exception?[] _failures;
    private readonly Action<int> _runShare;
    private readonly Action<int> _runCores;
    private readonly CacheLine[] _met;
    private readonly CacheLine[] _done;
    private readonly ThreadChoice? _choice;
    private Sleeper[] _sleepers = [];
    private volatile bool _stopping;

    // What threads read in every superstep is written only where it changes, so that it stays in their caches.
    private Action<ICore>? _body;
    private Action<ICore>? _before;
    private Action<int>? _after;
    private Action<int>? _part;
    private CacheLine _generation;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="cores">The cores.</param>
    /// <param name="threads">The most threads to use, the calling one included; at least 1.</param>
    public CoreThreads(IEnumerable<ICore> cores, int threads)
    {
        _cores = [.. cores];
        _threads = Math.Min(threads, _cores.Length);
        _failures = new Exception?[_cores.Length];
        _met = new CacheLine[_threads];
        _done = new CacheLine[_threads];
        (_runShare, _runCores) = (RunShare, RunCores);
        _choice = _threads > 1 && _cores.Length <= FewCores ? new ThreadChoice() : null;
    }

    /// <summary>The threads that are used, the calling one included.</summary>
    public int Parts => _threads;

    /// <summary>
    /// Runs the body once on each core and returns when all have ended. Where some throw, the exception of the core with
    /// the lowest number is passed on as it was.
    /// </summary>
    /// <param name="body">What to run.</param>
    /// <param name="before">Is run on each core before it, on the same thread.</param>
    /// <param name="after">
    /// Is run when the body has ended on all cores, once for each of <see cref="Parts"/> numbers from 0, each on the thread of the cores
    /// whose id leaves it as the rest when divided by <see cref="Parts"/>.
    /// </param>
    public void Run(Action<ICore> body, Action<ICore>? before = null, Action<int>? after = null)
    {
        Set(ref _body, body);
        Set(ref _before, before);
        Set(ref _after, after);
        RunOnAll(_runShare);
    }

    /// <summary>
    /// Runs something other than cores, once for each of <see cref="Parts"/> numbers from 0, and returns when all have ended. Where
    /// some throw, the exception of the lowest number is passed on as it was.
    /// </summary>
    public void RunParts(Action<int> body) => RunOnAll(body);

    private static void Set<T>(ref T? field, T? value) where T : class
    {
        if (!ReferenceEquals(field, value))
        {
            field = value;
        }
    }

    private void RunOnAll(Action<int> part)
    {
        if (_choice is null)
        {
            RunOn(part, together: _threads > 1);
        }
        else
        {
            long start = TimeProvider.System.GetTimestamp();
            RunOn(part, _choice.Together);
            _choice.Took(TimeProvider.System.GetTimestamp() - start);
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

    private void RunOn(Action<int> part, bool together)
    {
        if (together)
        {
            Start();
            Set(ref _part, part);
            NextGeneration();
            RunPart(0, part);
            WaitForAll(_done, from: 1);
        }
        else if (ReferenceEquals(part, _runShare))
        {
            RunEach(_runCores);
            RunEach(_after);
        }
        else
        {
            RunEach(part);
        }
    }

    /// <summary>Runs all parts on this thread.</summary>
    private void RunEach(Action<int>? part)
    {
        for (int i = 0; part is not null && i < _threads; i++)
        {
            RunPart(i, part);
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
        Interlocked.Increment(ref _generation.Value);
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
            for (int spins = 0; Volatile.Read(ref _generation.Value) == seen && spins < SpinsBeforeSleep; spins++)
            {
                wait.Once();
            }
            _sleepers[share - 1].SleepWhile(ref _generation.Value, seen);
            if (_stopping)
            {
                return;
            }
            RunPart(share, _part!);
            Volatile.Write(ref _done[share].Value, _generation.Value);
        }
    }

    private void WaitForAll(CacheLine[] marks, int from)
    {
        int generation = _generation.Value;
        for (int i = from; i < marks.Length; i++)
        {
            var wait = default(Awake);
            while (Volatile.Read(ref marks[i].Value) != generation)
            {
                wait.Once();
            }
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
        RunCores(share);
        if (_after is { } after)
        {
            Volatile.Write(ref _met[share].Value, _generation.Value);
            WaitForAll(_met, from: 0);
            after(share);
        }
    }

    private void RunCores(int share)
    {
        Action<ICore> body = _body!;
        Action<ICore>? before = _before;
        for (int core = share; core < _cores.Length; core += _threads)
        {
            try
            {
                before?.Invoke(_cores[core]);
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
        private const int Turns = 1000;
        private SpinWait _longer;
        private int _turns;

        public void Once()
        {
            if (_turns < Turns)
            {
                _turns++;
                if (X86Base.IsSupported)
                {
                    X86Base.Pause(); // Thread.SpinWait is a call into the runtime
                }
                else
                {
                    Thread.SpinWait(1);
                }
            }
            else
            {
                _longer.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>A number with cache lines of its own, so that who waits for it is disturbed by nothing else, nor disturbs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct CacheLine
    {
        [FieldOffset(64)]
        public int Value;
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
