using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Engines;

/// <summary>Something that runs the runs of a sweep.</summary>
public interface ISweepEngine
{
    /// <summary>Runs what is due, in its order as far as it can. What a run came to is in the sweep's folder.</summary>
    /// <param name="folder">The sweep's folder, in which each run's settings are.</param>
    /// <param name="due">The runs without a result.</param>
    /// <param name="retries">How often a run that failed or was killed is begun again.</param>
    /// <param name="observer">Told what happens, from any thread, one call at a time.</param>
    /// <param name="cancellation">Ends it where the runs can be gone on with.</param>
    /// <exception cref="OperationCanceledException">It was ended before all runs were.</exception>
    Task RunAsync(SweepFolder folder, IReadOnlyList<PlannedRun> due, int retries, ISweepObserver observer, CancellationToken cancellation);
}

/// <summary>Told how a sweep goes.</summary>
public interface ISweepObserver
{
    /// <summary>A run has ended for good: with a result, or as often as it may be tried.</summary>
    void Ended(PlannedRun run, RunStatus status);

    /// <summary>Something to know, in one line.</summary>
    void Note(string line);
}
