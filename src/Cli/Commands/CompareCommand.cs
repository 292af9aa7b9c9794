using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Comparisons;
using NeuroHal.Cli.Divergences;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.NonFinite;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;
using NeuroHal.Hosting;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Results;

namespace NeuroHal.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("compare", "Train presets on several backends and print the results side by side");
        var options = new RunOptions(command, OptionGroups.Profile);
        options.Add(command, "--backends", ConfigurationKeys.Compared, "IDS", "Which, with commas between [default: all that are found]", Choices.Backends);
        options.Add(command, "--presets", ConfigurationKeys.ComparedPresets, "NAMES", "Which, with commas between [default: that of --preset]", () => Presets.Names);
        options.Add(command, "--format", ConfigurationKeys.ComparisonFormat, "NAME", "table, markdown or json [default: table]", () => Enum.GetNames<ComparisonFormat>().Select(n => n.ToLowerInvariant()));
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
        DivergenceSettings? search = DivergenceSettings.Read(configuration);
        var plugins = new PluginCatalog(configuration);
        var settings = ComparisonSettings.Read(configuration, plugins);
        if (search is not null)
        {
            return await FindDivergenceAsync(plugins, settings.Backends, settings.OnlyPreset, search, terminal, cancellation);
        }
        Comparison comparison = await CompareAsync(plugins, settings, terminal, cancellation);
        ComparisonReport.Write(comparison, settings.Format, terminal);
        ComparedRun[] diverged = [.. comparison.Pairs.Where(p => p.Result?.NonFinite is not null)];
        if (diverged is [var first, ..])
        {
            string others = diverged.Length > 1 ? $" So have {diverged.Length - 1} other run(s)." : "";
            terminal.Error($"{first.Name}: {DivergenceAdvice.Of(first.Result!)}{others}");
        }
        return comparison.IsSame && diverged.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<Comparison> CompareAsync(
        PluginCatalog plugins, ComparisonSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        IReadOnlyList<ComparedRun> pairs = await ComparedRun.PlanAsync(plugins, settings.Backends, settings.Presets);
        string? output = settings.Presets[0].Output;
        using RunLock? held = ResultFile.Prepare(output);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Presets[0].Dataset, terminal, cancellation);
        var done = new List<ComparedRun>();
        foreach (ComparedRun pair in pairs)
        {
            done.Add(pair.Misfit is null ? pair with { Result = await TrainAsync(plugins, pair, data, terminal, cancellation) } : pair);
        }
        var comparison = new Comparison(done);
        ResultFile.WriteDocument(output, comparison.ToRecord());
        held?.Remove();
        return comparison;
    }

    private static async Task<RunResult> TrainAsync(
        PluginCatalog plugins, ComparedRun pair, LoadedDataset data, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Talk($"{pair.Name}:");
        string? folder = pair.Settings.Output is { } output
            ? Directory.CreateDirectory(Path.Combine(output, RunDirectory.FolderOf(pair.Backend, pair.Preset))).FullName
            : null;
        StartingFiles? keep = folder is null ? null : new StartingFiles(folder, null, terminal);
        RunResult result = await TrainingRun.ExecuteAsync(plugins, pair.Settings, data, terminal, cancellation, keep: keep);
        ResultFile.Write(folder, result);
        return result;
    }

    private static async Task<int> FindDivergenceAsync(
        PluginCatalog plugins, IReadOnlyList<string> backends, RunSettings settings, DivergenceSettings search, Terminal terminal, CancellationToken cancellation)
    {
        (int wanted, string what) = search.Replay is null
            ? (2, "A search for a divergence takes two backends")
            : (1, "A recording is compared with one backend");
        if (backends.Count != wanted)
        {
            throw new BadArgumentException($"{what}, these are {backends.Count}: {string.Join(", ", backends)}. Say with --backends which.");
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
}
