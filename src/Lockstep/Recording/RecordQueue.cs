using System.Collections.Concurrent;

namespace NeuroHal.Lockstep.Recording;

/// <summary>
/// Hands what one device does to whoever compares another with it, a few supersteps at most in between: the one that is
/// ahead waits.
/// </summary>
/// <param name="cancellation">Ends waiting on both sides.</param>
public sealed class RecordQueue(CancellationToken cancellation) : IRecordSink, IRecordSource, IDisposable
{
    private const int Supersteps = 16;

    private readonly BlockingCollection<SuperstepRecord> _queue = new(Supersteps);

    /// <inheritdoc/>
    public bool IsFull => false;

    /// <inheritdoc/>
    public bool IsCut => false;

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Add(SuperstepRecord superstep) => _queue.Add(superstep, cancellation);

    /// <summary>Says that no more comes.</summary>
    public void End() => _queue.CompleteAdding();

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SuperstepRecord? Next() => _queue.TryTake(out SuperstepRecord? next, Timeout.Infinite, cancellation) ? next : null;

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();
}
