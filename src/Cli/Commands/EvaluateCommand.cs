using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;
using NeuroHal.Results;

namespace NeuroHal.Cli.Commands;

internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("evaluate", "Put a trained network on any backend and test it: accuracy, device time and energy");
        Argument<string> from = new("network") { Description = "A run's folder, or a file with a network (.npz, .safetensors, .onnx)" };
        command.Arguments.Add(from);
        RunOptions options = RunOptions.ForInference(command);
        command.GivesJson().WithExamples(
            ("evaluate run1", "The network of run1 where it was trained; the accuracy must be that of its result.json."),
            ("evaluate run1 --backend ReferenceCpu", "The same network on another backend."));
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(from)!, options.Configure(parsed), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string from, IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        NetworkSource source = NetworkSource.Read(from);
        InferenceSettings settings = InferenceSettings.Read(configuration, source.Run);
        var plugins = new PluginCatalog(settings.Configuration);
        plugins.Load(settings.Backend);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        IDevice device = plugins.Open(settings.Backend, settings.Device);
        await using (device)
        {
            var trainer = new Trainer(device, settings.Options(source.Network), source.Network);
            double accuracy = trainer.Evaluate(trainer.Load("test images", data.Test), cancellation);
            terminal.Result(EvaluationTable.Of(device, trainer.Plan, source, data, accuracy));
            PhaseCounters counters = device.ReadCounters()[Phase.Evaluate];
            bool? same = source.Run is { } run && run.Dataset.Sha256 == data.Sha256 && run.Dataset.Test == data.Test.Count ? run.Accuracy.Test == accuracy : null;
            terminal.Json(new
            {
                ResultFile.SchemaVersion,
                Command = "evaluate",
                Backend = new { Id = device.Info.Backend, device.Info.Profile, device.Info.Kind },
                Dataset = new { data.Name, data.Sha256, Test = data.Test.Count },
                Accuracy = accuracy,
                IsThatOfTheRun = same,
                DeviceSeconds = counters.Elapsed.Seconds,
                Joules = counters.Energy?.Total.Value,
                Weights = new WeightsRecord(source.Network.Sha256),
            });
            return Compare(source.Run, data, same, terminal);
        }
    }

    /// <summary>Says whether it is what the run's result says.</summary>
    private static int Compare(RunRecord? run, LoadedDataset data, bool? same, Terminal terminal)
    {
        if (run is null)
        {
            return ExitCode.Done;
        }
        if (same is null)
        {
            terminal.Result($"The run was tested on other images ({Figures.Whole(run.Dataset.Test)} of {run.Dataset.Name}), so there is nothing to compare with.");
            return ExitCode.Done;
        }
        terminal.Result(same.Value
            ? $"The accuracy is that of {RunFiles.Result}."
            : $"The accuracy is NOT that of {RunFiles.Result}, which is {Figures.Percent(run.Accuracy.Test)}.");
        return same.Value ? ExitCode.Done : ExitCode.Failed;
    }
}
