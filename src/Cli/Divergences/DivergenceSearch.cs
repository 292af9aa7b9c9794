using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;
using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Cli.Divergences;

/// <summary>Runs a backend in step with another, or with a recording of another, until they part.</summary>
internal sealed class DivergenceSearch(
    PluginCatalog plugins, RunSettings settings, LoadedDataset data, ulong ulps, Terminal terminal)
{
    /// <summary>Runs two backends in step.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunBothAsync(string expected, string actual, CancellationToken cancellation)
    {
        RunSettings reference = settings with { Backend = expected };
        using RecordingWriter? writer = RecordedRun.Begin(reference, data);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var queue = new RecordQueue(over.Token);
        terminal.Talk($"{expected} and {actual}, in step:");
        Task<bool> recording = Task.Run(() => RecordAsync(reference, queue, writer, over), CancellationToken.None);
        Task<RunComparer?> comparison = Task.Run(() => CompareAsync(actual, queue, over), CancellationToken.None);
        await Task.WhenAll(recording, comparison);
        cancellation.ThrowIfCancellationRequested();
        RecordedRun.Complete(writer, isWhole: await recording, reference, terminal);
        return DivergenceReport.Write(terminal, (await comparison)!, expected, actual, ulps);
    }

    /// <summary>Runs a backend in step with a recording.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ReplayAsync(RecordingReader recording, string actual, CancellationToken cancellation)
    {
        RunIdentity.Require(recording, settings, data);
        terminal.Talk($"{actual}, in step with a recording of {recording.Run.Backend}:");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        RunComparer? found = await CompareAsync(actual, recording, over);
        cancellation.ThrowIfCancellationRequested();
        if (found!.Divergence is null && recording.IsCut)
        {
            terminal.Talk("The recording ends before the run does.");
        }
        return DivergenceReport.Write(terminal, found, $"{recording.Run.Backend} (recorded)", actual, ulps);
    }

    /// <summary>Runs the backend that is compared with.</summary>
    /// <returns>Whether it came to its end, rather than that the search was over before.</returns>
    private async Task<bool> RecordAsync(RunSettings reference, RecordQueue queue, RecordingWriter? writer, CancellationTokenSource over)
    {
        IRecordSink[] sinks = writer is null ? [queue] : [queue, writer];
        try
        {
            await TrainingRun.ExecuteAsync(
                plugins, reference, data, terminal.Silent(), over.Token, device => new WatchedDevice(device, new RunRecorder(device.Cores.Count, sinks)));
            queue.End();
            return true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return false;
        }
        catch
        {
            await over.CancelAsync();
            throw;
        }
    }

    /// <summary>Runs the backend in question.</summary>
    /// <returns>What was found; null where the search was ended from elsewhere.</returns>
    private async Task<RunComparer?> CompareAsync(string actual, IRecordSource reference, CancellationTokenSource over)
    {
        RunComparer? comparer = null;
        try
        {
            await TrainingRun.ExecuteAsync(
                plugins, settings with { Backend = actual }, data, terminal.Silent(), over.Token, device =>
                {
                    comparer = new RunComparer(device.Cores.Count, reference, ulps, over.Cancel);
                    return new WatchedDevice(device, comparer);
                });
            comparer!.Finish();
            return comparer;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return comparer;
        }
        catch
        {
            await over.CancelAsync();
            throw;
        }
    }
}
