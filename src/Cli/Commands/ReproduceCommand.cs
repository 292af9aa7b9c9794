using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.NonFinite;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Reproduction;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;

namespace NeuroHal.Cli.Commands;

internal static class ReproduceCommand
{
    private const int QuickSamples = 5000;
    private const int QuickEpochs = 2;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("reproduce", "Run the published experiments and print published against found, claim by claim");
        var options = new RunOptions(command, OptionGroups.Device | OptionGroups.Trace | OptionGroups.Profile);
        Option<bool> quick = new("--quick")
        {
            Description = $"On {QuickSamples} samples for {QuickEpochs} epochs: every figure but the accuracy",
        };
        command.Options.Add(quick);
        command.GivesJson().WithExamples(
            ("reproduce --quick", "Every figure but the accuracy, in a minute or two."),
            ("reproduce --dataset mnist --output claims", "The whole of it, with every run in claims/result.json."));
        command.SetAction((parsed, cancellation) => RunAsync(options.Configure(parsed), parsed.GetValue(quick), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, bool quick, Terminal terminal, CancellationToken cancellation)
    {
        RunSettings settings = RunSettings.Read(configuration);
        if (settings.Preset != "paper")
        {
            throw new BadArgumentException($"reproduce is about the published experiment, the preset paper; '{settings.Preset}' is another.");
        }
        if (quick)
        {
            settings = settings with
            {
                Training = settings.Training with { Epochs = configuration[ConfigurationKeys.Epochs] is null ? QuickEpochs : settings.Training.Epochs },
                Dataset = settings.Dataset with { Limit = settings.Dataset.Limit ?? QuickSamples },
            };
            terminal.Talk($"Quick: {settings.Training.Epochs} epochs of {settings.Dataset.Limit} samples. Accuracy is not comparable; times and energies are of this short training.");
        }
        using RunLock? held = ResultFile.Prepare(settings.Output);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        Experiments runs = await Experiments.RunAsync(settings, data, terminal, cancellation);
        object document = new
        {
            ResultFile.SchemaVersion,
            Command = "reproduce",
            Claims = ClaimTable.Claims(runs),
            Runs = runs.All.Select(ResultFile.Document),
        };
        ResultFile.WriteDocument(settings.Output, document);
        held?.Remove();
        terminal.Json(document);
        terminal.Result(ClaimTable.Of(runs));
        if (runs.All.FirstOrDefault(r => r.NonFinite is not null) is { } diverged)
        {
            terminal.Error($"{diverged.Device.Backend}, {diverged.Device.Cores} core(s): {DivergenceAdvice.Of(diverged)}");
            return ExitCode.Failed;
        }
        return ExitCode.Done;
    }
}
