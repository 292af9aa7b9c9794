using NeuroHal.DeepR.Training;

namespace NeuroHal.Cli.Timelines;

/// <summary>Takes a timeline once it is recorded.</summary>
internal delegate void TimelineFile(TimelineRecorder timeline);

/// <summary>Records the first training samples of a run, and writes them as a trace and as a picture beside it.</summary>
internal sealed class TraceFile
{
    // The picture shows so many of the recorded samples: more would be too small to see.
    private const int PicturedSamples = 3;

    private readonly string? _file;
    private readonly TimelineFile? _also;
    private readonly TimelineRecorder _recorder = new();
    private SimTime _pictureFrom;
    private SimTime _pictureTo;

    private TraceFile(string? file, TimelineFile? also) => (_file, _also) = (file, also);

    /// <summary>Starts recording.</summary>
    /// <param name="file">The trace that was asked for; null for none.</param>
    /// <param name="also">Takes the timeline as soon as it is recorded, where the device has one; null for nobody.</param>
    /// <param name="device">What to record.</param>
    /// <param name="trainer">What trains on it.</param>
    /// <returns>Null where nobody wants a timeline.</returns>
    /// <exception cref="NotSupportedByDeviceException">A trace was asked for, but the device has no timeline.</exception>
    /// <exception cref="BadArgumentException">The file cannot be written.</exception>
    public static TraceFile? Begin(string? file, TimelineFile? also, IDevice device, Trainer trainer)
    {
        if (file is null && also is null)
        {
            return null;
        }
        ITimeline timeline = device.Find<ITimeline>()
            ?? throw new NotSupportedByDeviceException($"{device.Info.Backend} has no timeline to trace; leave --trace out.");
        try
        {
            if (file is not null)
            {
                RequireOwn(file);
                File.WriteAllText(file, "");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentException($"The trace '{file}' cannot be written: {e.Message}", e);
        }
        var trace = new TraceFile(file, also);
        timeline.Record(trace._recorder);
        trainer.StepDone = samples => trace.StepDone(samples, device, timeline, trainer);
        return trace;
    }

    /// <summary>Writes the trace that was asked for.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Write()
    {
        if (_file is null)
        {
            return [];
        }
        using (FileStream stream = File.Create(_file))
        {
            ChromeTrace.Write(stream, _recorder);
        }
        string picture = PictureOf(_file);
        TimelinePicture.Write(picture, _recorder, _pictureFrom, _pictureTo);
        return [_file, picture];
    }

    private static string PictureOf(string file) => Path.ChangeExtension(file, ".png");

    /// <summary>Makes sure that what is replaced is a trace, or one that came to nothing, and the picture is that of it.</summary>
    /// <exception cref="BadArgumentException">It is something else.</exception>
    private static void RequireOwn(string file)
    {
        string picture = PictureOf(file);
        if (picture == file)
        {
            throw new BadArgumentException($"The trace '{file}' would be overwritten by its picture, which is called so; name it otherwise, such as {Path.ChangeExtension(file, ".json")}.");
        }
        bool isThere = File.Exists(file);
        string? other = isThere && !ChromeTrace.IsOne(file) ? file : !isThere && File.Exists(picture) ? picture : null;
        if (other is not null)
        {
            throw new BadArgumentException($"'{other}' is there already and is no trace of a run; name another file with --trace.");
        }
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
            _also?.Invoke(_recorder);
        }
    }
}
