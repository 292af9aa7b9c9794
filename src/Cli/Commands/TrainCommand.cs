using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Divergences;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.NonFinite;
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
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]", Choices.Backends);
        options.Add(command, "--record", ConfigurationKeys.Record, "FILE", "Record what each kernel does, for compare --replay; no figures of time and energy");
        options.Add(command, "--resume", ConfigurationKeys.Resume, "DIR", "Go on with the run of this folder, with the settings it has");
        options.Add(command, "--checkpoint-every", ConfigurationKeys.CheckpointEvery, "N", "Epochs between checkpoints, such as 5 or 0.1; 0 for only when interrupted [default: 1]");
        options.Add(command, "--on-checkpoint-failure", ConfigurationKeys.CheckpointFailure, "WHAT", "stop or continue, when a checkpoint cannot be written [default: stop]", () => ["stop", "continue"]);
        options.AddOptional(command, "--live", ConfigurationKeys.LivePort, "PORT", "0", "Show the run in a browser while it goes; the address is printed [default port: one that is free]");
        options.Add(command, "--live-address", ConfigurationKeys.LiveAddress, "IP", "The interface that --live listens on [default: 127.0.0.1]");
        command.GivesJson().WithExamples(
            ("train", "The published experiment on the emulated chip; MNIST, or digits where that is not to be had."),
            ("train --backend ReferenceCpu --preset fast --epochs 2", "Minibatches and momentum on the CPU."),
            ("train --dataset digits --epochs 2 --output run1", "With result.json and checkpoints in run1/."),
            ("train --resume run1 --epochs 3 --output run2", "Go on with it, here for another epoch."),
            ("train --dataset digits --epochs 1 --cores 4 --policy per-phase --profile", "Four cores; where time and energy went, by kernel."),
            ("train --dataset digits --epochs 1 --quiet --json", "Nothing but the result, for a program to read."));
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), terminal, cancellation));
        return command;
    }

    /// <summary>Trains as a configuration says.</summary>
    public static async Task<int> RunAsync(IConfiguration given, Terminal terminal, CancellationToken cancellation)
    {
        if (await CompleteRun.FindAsync(given, terminal, cancellation) is { } complete)
        {
            terminal.Result(complete.Message);
            terminal.Json(complete.Run);
            return ExitCode.Done;
        }
        if (CheckpointSettings.Read(new SettingReader(given)).Resume is null)
        {
            new PluginCatalog(given).Load(RunSettings.Read(given).Backend); // what is wrong there is to be told before a folder is made
        }
        using RunFolder folder = RunFolder.Open(given, terminal);
        IConfiguration configuration = folder.Configure(given);
        RunSettings settings = RunSettings.Read(configuration);
        LiveSettings? watched = LiveSettings.Read(new SettingReader(configuration));
        if (watched is not null && settings.Record.File is not null)
        {
            throw new BadArgumentException("--live is given with --record, which keeps what a run does when nobody reads along; leave one out.");
        }
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
        await using LiveWatch? live = await LiveWatch.StartAsync(watched, settings, data, terminal);
        RunResult result = await TrainingRun.ExecuteAsync(plugins, settings, data, terminal, cancellation, folder: folder, keep: keep, live: live);
        Exception? unwritten = null;
        try
        {
            ResultFile.Write(folder.Output, result);
            folder.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unwritten = e; // what the run came to is told all the same
        }
        live?.Complete(result);
        if (settings.Profile)
        {
            terminal.Result(KernelTable.Of(result));
        }
        terminal.Result(SummaryTable.Of(result));
        terminal.Json(ResultFile.Document(result));
        if (unwritten is not null)
        {
            terminal.Error($"The result could not be written to '{folder.Output}': {unwritten.Message} What was saved of the run is still there: --resume {folder.Output}");
            return ExitCode.Failed;
        }
        return CodeOf(result, terminal);
    }

    /// <summary>A training that diverged has failed, though what it came to is kept.</summary>
    private static int CodeOf(RunResult result, Terminal terminal)
    {
        if (DivergenceAdvice.Of(result) is not { } diverged)
        {
            return ExitCode.Done;
        }
        terminal.Error(diverged);
        return ExitCode.Failed;
    }

    private static async Task<int> RecordAsync(
        PluginCatalog plugins, RunSettings settings, LoadedDataset data, Terminal terminal, CancellationToken cancellation)
    {
        // Said in the recording, so that a backend on which more would fit takes as many.
        int lanes = settings.Training.Lanes ?? await SharedLanes.FindAsync(plugins, [settings.Backend], settings);
        settings = settings with { Training = settings.Training with { Lanes = lanes } };
        using RecordingWriter writer = RecordedRun.Begin(settings, data)!;
        RunResult result = await TrainingRun.ExecuteAsync(
            plugins, settings, data, terminal.Silent(), cancellation, device => new WatchedDevice(device, new RunRecorder(device.Cores.Count, writer)));
        RecordedRun.Complete(writer, isWhole: true, settings, terminal);
        terminal.Result($"Test accuracy {Figures.Percent(result.TestAccuracy)}, weights (SHA-256) {result.Network.Sha256}.");
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "train",
            Recording = new { settings.Record.File, writer.Supersteps, Bytes = writer.Size.Count, IsWhole = !writer.IsFull },
            Accuracy = new { Test = result.TestAccuracy },
            Weights = new { result.Network.Sha256 },
        });
        return CodeOf(result, terminal);
    }
}
