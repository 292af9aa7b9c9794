using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Commands;

internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("plan", "Show what would be in each core's memory, and what would make it fit");
        var options = new RunOptions(command);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]");
        command.SetAction((parsed, _) => RunAsync(options.Configure(parsed), terminal));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, Terminal terminal)
    {
        RunSettings settings = RunSettings.Read(configuration);
        var plugins = new PluginCatalog(configuration);
        IDevice device = plugins.Open(settings.Backend, settings.Device);
        await using (device)
        {
            MemoryPlan plan = MemoryPlan.Make(settings.Training, device.Info, settings.Initial);
            if (!plan.Fits)
            {
                throw new PlanDoesNotFitException(plan, PlanChange.Nearest(settings.Training, device.Info, settings.Initial));
            }
            terminal.Write(MemoryTable.Of(plan));
            terminal.Line(Figures.Invariant(
                $"{settings.Training.Budget:N0} connections ({100.0 * settings.Training.Budget / settings.Training.Possible:0.00} % of dense), ")
                + $"{plan.Lanes} lane(s), {plan.Cores.Count} core(s).");
        }
        return ExitCode.Done;
    }
}
