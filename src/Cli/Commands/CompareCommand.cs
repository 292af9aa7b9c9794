using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Divergences;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Results;

namespace NeuroHal.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("compare", "Train the same network on several backends and print the results side by side");
        var options = new RunOptions(command);
        options.Add(command, "--backends", ConfigurationKeys.Compared, "IDS", "Which, with commas between [default: all that are found]", Choices.Backends);
        options.AddFlag(
            command, "--find-divergence", ConfigurationKeys.FindDivergence,
            "Run two in step, and name the first superstep, core, kernel, buffer and element where they differ; exit code 1 if they do");
        options.Add(
            command, "--ulps", ConfigurationKeys.Ulps, "N",
            "Floating-point numbers up to N units in the last place apart pass as the same [default: 0]");
        options.Add(command, "--record", ConfigurationKeys.Record, "FILE", "Record the first of the two");
        options.Add(command, "--replay", ConfigurationKeys.Replay, "FILE", "Run one, in step with this recording of another");
        command.GivesJson().WithExamples(
            ("compare --dataset digits --epochs 2", "All backends side by side, on the built-in digits."),
            ("compare --dataset digits --limit 1000 --epochs 1 --json", "The same figures for a program to read."),
            ("compare --find-divergence --dataset digits --limit 100 --epochs 1", "Two in step: where do they part?"));
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        RunSettings settings = RunSettings.Read(configuration);
        DivergenceSettings? search = DivergenceSettings.Read(configuration);
        var plugins = new PluginCatalog(configuration);
        string[] backends = Backends(configuration, plugins);
        if (search is not null)
        {
            return await FindDivergenceAsync(plugins, backends, settings, search, terminal, cancellation);
        }
        using RunLock? held = ResultFile.Prepare(settings.Output);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        int lanes = await SharedLanes.FindAsync(plugins, backends, settings);
        var results = new List<RunResult>();
        foreach (string backend in backends)
        {
            terminal.Talk($"{backend}:");
            RunSettings own = settings with { Backend = backend, Training = settings.Training with { Lanes = lanes } };
            string? folder = settings.Output is { } output ? Directory.CreateDirectory(Path.Combine(output, RunDirectory.FolderOf(backend, own.Preset))).FullName : null;
            StartingFiles? keep = folder is null ? null : new StartingFiles(folder, null, terminal);
            RunResult result = await TrainingRun.ExecuteAsync(plugins, own, data, terminal, cancellation, keep: keep);
            ResultFile.Write(folder, result);
            results.Add(result);
        }
        ResultFile.Write(settings.Output, "compare", results);
        held?.Remove();
        terminal.Result(SummaryTable.Of(results));
        bool same = results.Select(r => r.Network.Sha256).Distinct().Count() == 1;
        terminal.Result(same ? "The trained networks are bit-identical." : "The trained networks DIFFER.");
        terminal.Json(ResultFile.Document("compare", results));
        return same ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> FindDivergenceAsync(
        PluginCatalog plugins, string[] backends, RunSettings settings, DivergenceSettings search, Terminal terminal, CancellationToken cancellation)
    {
        (int wanted, string what) = search.Replay is null
            ? (2, "A search for a divergence takes two backends")
            : (1, "A recording is compared with one backend");
        if (backends.Length != wanted)
        {
            throw new BadArgumentException($"{what}, these are {backends.Length}: {string.Join(", ", backends)}. Say with --backends which.");
        }
        using RecordingReader? recording = search.Replay is null ? null : RecordingReader.Open(search.Replay);
        int? lanes = recording is null ? await SharedLanes.FindAsync(plugins, backends, settings) : RunIdentity.LanesOf(recording);
        settings = settings with { Training = settings.Training with { Lanes = settings.Training.Lanes ?? lanes } };
        // Lanes may come from the recording, which is a file like any other.
        settings.Training.Validate();
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        var divergence = new DivergenceSearch(plugins, settings, data, search.Ulps, terminal);
        return recording is null
            ? await divergence.RunBothAsync(backends[0], backends[1], cancellation)
            : await divergence.ReplayAsync(recording, backends[0], cancellation);
    }

    private static string[] Backends(IConfiguration configuration, PluginCatalog plugins)
    {
        string[] backends = configuration[ConfigurationKeys.Compared] is { } named
            ? named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. plugins.LoadAll().Select(b => b.Id)];
        if (configuration[ConfigurationKeys.Compared] is null && plugins.Problems.Count > 0)
        {
            throw new BadArgumentException(
                $"{plugins.Problems[0].Message} Mend it, or say with --backends which to compare.");
        }
        return backends.Length > 0
            ? backends
            : throw new BadArgumentException($"No backend to compare; '{configuration[ConfigurationKeys.Compared]}' names none.");
    }
}
