using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Recording;

/// <summary>Writes down what a device does.</summary>
/// <param name="cores">The device's cores.</param>
/// <param name="sinks">Where to; done when all of them are full.</param>
public sealed class RunRecorder(int cores, params IReadOnlyList<IRecordSink> sinks) : IRunWatcher
{
    private readonly CoreRecorder[] _cores = [.. Enumerable.Range(0, cores).Select(_ => new CoreRecorder())];
    private string _superstep = "";

    /// <inheritdoc/>
    public bool IsDone => sinks.All(s => s.IsFull);

    /// <inheritdoc/>
    public ICoreWatcher OfCore(int core) => _cores[core];

    /// <inheritdoc/>
    public void Begin(string superstep) => _superstep = superstep;

    /// <inheritdoc/>
    public void End()
    {
        var record = new SuperstepRecord(_superstep, [.. _cores.Select(c => c.Take())]);
        foreach (IRecordSink sink in sinks)
        {
            if (!sink.IsFull)
            {
                sink.Add(record);
            }
        }
    }
}
