using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Commands;

internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("train", "Train a sparse network on one backend and report accuracy, memory, time and energy");
        var options = new RunOptions(command);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]");
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        RunSettings settings = RunSettings.Read(configuration);
        var plugins = new PluginCatalog(PluginDirectory.Find(configuration), configuration);
        plugins.Load(settings.Backend);
        ResultFile.Prepare(settings.Output);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        RunResult result = await TrainingRun.ExecuteAsync(plugins, settings, data, terminal, cancellation);
        ResultFile.Write(settings.Output, result);
        if (settings.Profile)
        {
            terminal.Write(KernelTable.Of(result));
        }
        terminal.Write(SummaryTable.Of([result]));
        return ExitCode.Done;
    }
}
