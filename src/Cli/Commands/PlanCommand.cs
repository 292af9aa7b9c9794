using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
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
        var options = new RunOptions(command, OptionGroups.Data | OptionGroups.Tests | OptionGroups.Course | OptionGroups.Output | OptionGroups.Trace | OptionGroups.Profile);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]", Choices.Backends);
        command.GivesJson().WithExamples(
            ("plan", "The published network on the emulated chip."),
            ("plan --preset fast --cores 4", "Minibatches of 16 on four cores."),
            ("plan --connectivity 0.02,0.06,0.5 --cores 2 --json", "Twice the connections on two cores, for a program to read."));
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
            IReadOnlyList<PlanChange> changes = plan.Fits ? [] : PlanChange.Nearest(settings.Training, device.Info, settings.Initial);
            terminal.Result(MemoryTable.Of(plan));
            terminal.Json(new
            {
                ResultFile.SchemaVersion,
                Command = "plan",
                Backend = new { Id = device.Info.Backend, device.Info.Profile, device.Info.Kind },
                plan.Fits,
                plan.Lanes,
                Connections = new { settings.Training.Budget, Fraction = (double)settings.Training.Budget / settings.Training.Possible },
                Memory = ResultFile.Memory(plan),
                WouldFit = changes.Select(c => c.Change),
            });
            if (!plan.Fits)
            {
                // The plan is the result here, and was shown.
                throw new CapacityExceededException(new PlanDoesNotFitException(plan, changes).Message);
            }
            terminal.Result(Figures.Invariant(
                $"{settings.Training.Budget:N0} connections ({100.0 * settings.Training.Budget / settings.Training.Possible:0.00} % of dense), ")
                + $"{plan.Lanes} lane(s), {plan.Cores.Count} core(s).");
        }
        return ExitCode.Done;
    }
}
