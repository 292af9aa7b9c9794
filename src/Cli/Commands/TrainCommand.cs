using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Divergences;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Resuming;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Cli.Commands;

internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("train", "Train a sparse network on one backend and report accuracy, memory, time and energy");
        var options = new RunOptions(command);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]");
        options.Add(command, "--record", ConfigurationKeys.Record, "FILE", "Record what each kernel does, for compare --replay; no figures of time and energy");
        options.Add(command, "--resume", ConfigurationKeys.Resume, "DIR", "Go on with the run of this folder, with the settings it has");
        options.Add(command, "--checkpoint-every", ConfigurationKeys.CheckpointEvery, "N", "Epochs between checkpoints, such as 5 or 0.1; 0 for only when interrupted [default: 1]");
        options.Add(command, "--on-checkpoint-failure", ConfigurationKeys.CheckpointFailure, "WHAT", "stop or continue, when a checkpoint cannot be written [default: stop]");
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), terminal, cancellation));
        return command;
    }

    /// <summary>Trains as a configuration says.</summary>
    public static async Task<int> RunAsync(IConfiguration given, Terminal terminal, CancellationToken cancellation)
    {
        if (CheckpointSettings.Read(new SettingReader(given)).Resume is null)
        {
            new PluginCatalog(given).Load(RunSettings.Read(given).Backend); // what is wrong there is to be told before a folder is made
        }
        using RunFolder folder = RunFolder.Open(given, terminal);
        IConfiguration configuration = folder.Configure(given);
        RunSettings settings = RunSettings.Read(configuration);
        var plugins = new PluginCatalog(configuration);
        plugins.Load(settings.Backend);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        if (folder.Resumed is { } resumed)
        {
            SettingsIdentity.Require(resumed.Run, settings, data);
        }
        if (settings.Record.File is not null)
        {
            return await RecordAsync(plugins, settings, data, terminal, cancellation);
        }
        StartingFiles? keep = folder.Output is { } output ? new StartingFiles(output, folder.ResumedFrom, terminal) : null;
        RunResult result = await TrainingRun.ExecuteAsync(plugins, settings, data, terminal, cancellation, folder: folder, keep: keep);
        ResultFile.Write(folder.Output, result);
        folder.Complete();
        if (settings.Profile)
        {
            terminal.Write(KernelTable.Of(result));
        }
        terminal.Write(SummaryTable.Of([result]));
        return ExitCode.Done;
    }

    private static async Task<int> RecordAsync(
        PluginCatalog plugins, RunSettings settings, LoadedDataset data, Terminal terminal, CancellationToken cancellation)
    {
        // Said in the recording, so that a backend on which more would fit takes as many.
        int lanes = settings.Training.Lanes ?? await SharedLanes.FindAsync(plugins, [settings.Backend], settings);
        settings = settings with { Training = settings.Training with { Lanes = lanes } };
        using RecordingWriter writer = RecordedRun.Begin(settings, data)!;
        RunResult result = await TrainingRun.ExecuteAsync(
            plugins, settings, data, terminal.Quiet(), cancellation, device => new WatchedDevice(device, new RunRecorder(device.Cores.Count, writer)));
        RecordedRun.Complete(writer, isWhole: true, settings, terminal);
        terminal.Line($"Test accuracy {Figures.Percent(result.TestAccuracy)}, weights (SHA-256) {result.Network.Sha256}.");
        return ExitCode.Done;
    }
}
