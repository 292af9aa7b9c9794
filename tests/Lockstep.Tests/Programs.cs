using NeuroHal.DeepR;
using NeuroHal.DeepR.Tests;
using NeuroHal.DeepR.Training;
using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Tests;

/// <summary>Things to run on a device, and the ways to watch it.</summary>
internal static class Programs
{
    public static void Train(IDevice device, CancellationToken cancellation) => Train(Some.SmallNetwork)(device, cancellation);

    public static Action<IDevice, CancellationToken> Train(TrainingOptions options) => (device, cancellation) =>
    {
        var trainer = new Trainer(device, options);
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(60));
        trainer.TrainEpoch(samples, cancellation: cancellation);
        trainer.Evaluate(samples, cancellation);
    };

    public static void Record(IDevice device, Action<IDevice, CancellationToken> program, params IRecordSink[] sinks) =>
        program(new WatchedDevice(device, new RunRecorder(device.Cores.Count, sinks)), TestContext.Current.CancellationToken);

    public static RunComparer Compare(IRecordSource reference, IDevice actual, Action<IDevice, CancellationToken> program, ulong ulps = 0)
    {
        using var over = new CancellationTokenSource();
        var comparer = new RunComparer(actual.Cores.Count, reference, ulps, over.Cancel);
        try
        {
            program(new WatchedDevice(actual, comparer), over.Token);
            comparer.Finish();
        }
        catch (OperationCanceledException) when (comparer.IsDone)
        {
        }
        return comparer;
    }

    public static RunComparer Compare(IDevice reference, IDevice actual, Action<IDevice, CancellationToken> program, ulong ulps = 0)
    {
        var records = new RecordList();
        Record(reference, program, records);
        return Compare(records, actual, program, ulps);
    }
}

/// <summary>Keeps everything.</summary>
internal sealed class RecordList : IRecordSink, IRecordSource
{
    private readonly Queue<SuperstepRecord> _supersteps = [];

    public bool IsFull => false;

    public bool IsCut => false;

    public void Add(SuperstepRecord superstep) => _supersteps.Enqueue(superstep);

    public SuperstepRecord? Next() => _supersteps.TryDequeue(out SuperstepRecord? next) ? next : null;
}
