using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Inference;
using NeuroHal.DeepR.Metrics;
using NeuroHal.Hosting;
using NeuroHal.Results;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Commands;

internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("evaluate", "Put a trained network on any backend and test it: accuracy, device time and energy");
        Argument<string> from = new("network") { Description = "A run's folder, or a file with a network (.npz, .safetensors, .onnx)" };
        command.Arguments.Add(from);
        RunOptions options = RunOptions.ForInference(command, hasTests: true);
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
        InferenceSettings settings = InferenceSettings.Read(configuration, source.Run, terminal);
        var plugins = new PluginCatalog(settings.Configuration);
        plugins.Load(settings.Backend);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        IDevice device = plugins.Open(settings.Backend, settings.Device);
        await using (device)
        {
            if (source.Run is { } trained && trained.Backend.Id == device.Info.Backend && trained.Backend.Profile != device.Info.Profile)
            {
                terminal.Talk($"The run was on the device profile {trained.Backend.Profile}, this is on {device.Info.Profile}.");
            }
            var classifier = new Classifier(device, source.Network, settings.Options);
            double accuracy = classifier.Evaluate(classifier.Load("test images", data.Test), cancellation);
            string version = plugins.Find(settings.Backend).Manifest.Version.ToString();
            var measured = new InferenceDocument("evaluate", device, version, settings, source, classifier.Plan, data.Test.Count);
            bool? same = source.Run is { } run && run.Dataset.Sha256 == data.Sha256 && run.Dataset.Test == data.Test.Count ? run.Accuracy.Test == accuracy : null;
            // Counted on the host, after every figure of the device was read.
            var evaluation = new EvaluationDocument(
                measured, data, accuracy, same, NetworkMetrics.Measure(source.Network, classifier.Plan, data.Test), ConfusionMatrix.Of(source.Network, data.Test));
            terminal.Result(EvaluationTable.Of(evaluation, device.Info));
            foreach (IRenderable part in EvaluationTable.Classes(evaluation))
            {
                terminal.Result(part);
            }
            terminal.Json(evaluation);
            return Compare(source.Run, data, same, terminal);
        }
    }

    /// <summary>Says whether it is what the run's result says.</summary>
    private static int Compare(RunRecord? run, LoadedDataset data, bool? same, Terminal terminal)
    {
        if (run is null)
        {
            terminal.Result("It is the network of no run that is known, so there is nothing to compare with.");
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
