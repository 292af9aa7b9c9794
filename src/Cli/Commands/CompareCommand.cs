using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("compare", "Train the same network on several backends and print the results side by side");
        var options = new RunOptions(command);
        options.Add(command, "--backends", ConfigurationKeys.Compared, "IDS", "Which, with commas between [default: all that are found]");
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        RunSettings settings = RunSettings.Read(configuration);
        var plugins = new PluginCatalog(PluginDirectory.Find(configuration), configuration);
        string[] backends = Backends(configuration, plugins);
        ResultFile.Prepare(settings.Output);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        int lanes = await CommonLanesAsync(plugins, backends, settings);
        var results = new List<RunResult>();
        foreach (string backend in backends)
        {
            terminal.Line($"{backend}:");
            RunSettings own = settings with { Backend = backend, Training = settings.Training with { Lanes = lanes } };
            results.Add(await TrainingRun.ExecuteAsync(plugins, own, data, terminal, cancellation));
        }
        ResultFile.Write(settings.Output, "compare", results);
        terminal.Write(SummaryTable.Of(results));
        bool same = results.Select(r => r.Network.Sha256).Distinct().Count() == 1;
        terminal.Line(same ? "The trained networks are bit-identical." : "The trained networks DIFFER.");
        return same ? ExitCode.Done : ExitCode.Failed;
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

    /// <summary>The most lanes that fit every backend: with the same lanes, sums and so weights are the same.</summary>
    private static async Task<int> CommonLanesAsync(PluginCatalog plugins, string[] backends, RunSettings settings)
    {
        int lanes = settings.Training.Minibatch;
        foreach (string backend in backends)
        {
            IDevice device = plugins.Open(backend, settings.Device);
            await using (device)
            {
                MemoryPlan plan = MemoryPlan.Make(settings.Training, device.Info);
                lanes = plan.Fits ? Math.Min(lanes, plan.Lanes) : throw new PlanDoesNotFitException(plan, PlanChange.Nearest(settings.Training, device.Info));
            }
        }
        return lanes;
    }
}
