using NeuroHal.DeepR.Training;

namespace NeuroHal.Cli.Timelines;

/// <summary>Records the first training samples of a run and writes them as a trace and as a picture beside it.</summary>
internal sealed class TraceFile
{
    // The picture shows so many of the recorded samples: more would be too small to see.
    private const int PicturedSamples = 3;

    private readonly string _file;
    private readonly TimelineRecorder _recorder = new();
    private SimTime _pictureFrom;
    private SimTime _pictureTo;

    private TraceFile(string file) => _file = file;

    /// <summary>Starts recording.</summary>
    /// <exception cref="NotSupportedByDeviceException">The device has no timeline.</exception>
    /// <exception cref="BadArgumentException">The file cannot be written.</exception>
    public static TraceFile? Begin(string? file, IDevice device, Trainer trainer)
    {
        if (file is null)
        {
            return null;
        }
        ITimeline timeline = device.Find<ITimeline>()
            ?? throw new NotSupportedByDeviceException($"{device.Info.Backend} has no timeline to trace; leave --trace out.");
        try
        {
            File.WriteAllText(file, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentException($"The trace '{file}' cannot be written: {e.Message}", e);
        }
        var trace = new TraceFile(file);
        timeline.Record(trace._recorder);
        trainer.StepDone = samples => trace.StepDone(samples, device, timeline, trainer);
        return trace;
    }

    /// <summary>Writes what was recorded.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Write()
    {
        ChromeTrace.Write(_file, _recorder);
        string picture = Path.ChangeExtension(_file, ".png");
        TimelinePicture.Write(picture, _recorder, _pictureFrom, _pictureTo);
        return [_file, picture];
    }

    private void StepDone(int samples, IDevice device, ITimeline timeline, Trainer trainer)
    {
        SimTime now = device.ReadCounters().Elapsed;
        if (samples <= TimelineRecorder.Samples - PicturedSamples)
        {
            _pictureFrom = now;
        }
        _pictureTo = now;
        if (samples >= TimelineRecorder.Samples)
        {
            timeline.Record(null);
            trainer.StepDone = null;
        }
    }
}
