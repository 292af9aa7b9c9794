using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Lockstep.Recording;

namespace NeuroHal.Cli.Divergences;

/// <summary>A run that is recorded, if that was asked for.</summary>
internal static class RecordedRun
{
    /// <summary>Begins the recording; null where none was asked for.</summary>
    /// <exception cref="BadArgumentException">The file cannot be written.</exception>
    public static RecordingWriter? Begin(RunSettings settings, LoadedDataset data)
    {
        return settings.Record.File is { } file ? new RecordingWriter(file, RunIdentity.Of(settings, data), settings.Record.Limit) : null;
    }

    /// <summary>Ends the recording and says what there is.</summary>
    public static void Complete(RecordingWriter? writer, bool isWhole, RunSettings settings, Terminal terminal)
    {
        if (writer is null)
        {
            return;
        }
        writer.Complete(isWhole);
        string bound = writer.IsFull ? $", up to its limit of {settings.Record.Limit} (--set record:megabytes=N)" : "";
        terminal.Talk(
            $"Recorded {Figures.Whole(writer.Supersteps)} supersteps of {settings.Backend} in {settings.Record.File}, {writer.Size}{bound}.");
    }
}
