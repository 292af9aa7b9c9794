using NeuroHal.Checkpoints;
using NeuroHal.Cli.Timelines;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Results;

namespace NeuroHal.Cli.Runs;

/// <summary>
/// What a run's folder keeps of the run's beginning: the network before the first sample, and the timeline of the first samples. They are
/// to look at; a run that cannot write them goes on without.
/// </summary>
/// <param name="folder">The run's folder.</param>
/// <param name="resumedFrom">The folder of the run that is gone on with; null where it begins here.</param>
/// <param name="terminal">Told of what could not be written.</param>
internal sealed class StartingFiles(string folder, string? resumedFrom, Terminal terminal)
{
    // More cores than this would leave a timeline too large to open.
    private const int MostCores = 256;

    /// <summary>Where the timeline goes; null for nowhere.</summary>
    public TimelineFile? Timeline { get; private set; }

    /// <summary>Keeps the network, and says where the timeline goes. What reading takes on the device is taken back.</summary>
    public void Begin(IDevice device, Trainer trainer)
    {
        if (resumedFrom is not null)
        {
            Copy(RunFiles.InitialNetwork);
            Copy(RunFiles.Timeline);
            return;
        }
        ReadOnlyMemory<byte> before = device.SaveState();
        NetworkSnapshot network = trainer.ReadNetwork();
        device.RestoreState(before);
        Try(RunFiles.InitialNetwork, path => NetworkArchive.Write(path, network));
        if (device.Find<ITimeline>() is not null && device.Cores.Count <= MostCores)
        {
            Timeline = recorder => Try(RunFiles.Timeline, path => DurableFile.Write(path, stream => ChromeTrace.Write(stream, recorder)));
        }
    }

    private void Copy(string name)
    {
        string source = Path.Combine(resumedFrom!, name);
        if (File.Exists(source) && Path.GetFullPath(resumedFrom!) != Path.GetFullPath(folder))
        {
            Try(name, path => DurableFile.Write(path, stream =>
            {
                using FileStream from = File.OpenRead(source);
                from.CopyTo(stream);
            }));
        }
    }

    private void Try(string name, Action<string> write)
    {
        try
        {
            write(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Talk($"{name} could not be written to '{folder}' ({e.Message}); the run goes on without.");
        }
    }
}
