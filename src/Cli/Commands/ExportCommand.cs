using System.CommandLine;
using NeuroHal.Cli.Exports;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;
using NeuroHal.Exchange.C;

namespace NeuroHal.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("export", "Write a trained network in a format of other tools: ONNX, NumPy, safetensors, C for microcontrollers");
        Argument<string> from = new("network") { Description = "A run's folder, or a file with a network (.npz, .safetensors, .onnx)" };
        Option<string> format = new("--format") { Description = $"One of {string.Join(", ", ExportFormat.Names)} [default: as --output ends]", HelpName = "NAME" };
        Option<string> output = new Option<string>("--output")
        {
            Description = "The file, or - for the standard output [default: network with the format's suffix]; C has a header beside it",
            HelpName = "FILE",
        }.NotEmpty();
        Option<bool> dense = new("--dense") { Description = "Write ONNX weights with their zeros, for tools that take no sparse ones" };
        Option<bool> int8 = new("--int8") { Description = "Write C weights with 8 bits, and say what that does to the accuracy" };
        Option<int?> vectors = new("--test-vectors") { Description = "Write a header with the first N test images and what the C code must come to", HelpName = "N" };
        Option<string> dataset = new("--dataset") { Description = "Whose test images --test-vectors and --int8 take [default: that of the network's run]", HelpName = "NAME" };
        Option<string> folder = new Option<string>("--data") { Description = "Where the data set is", HelpName = "FOLDER" }.NotEmpty();
        format.CompletionSources.Add(_ => ExportFormat.Names);
        dataset.CompletionSources.Add(_ => DatasetCatalog.Names);
        command.Arguments.Add(from);
        foreach (Option option in new Option[] { format, output, dense, int8, vectors, dataset, folder })
        {
            command.Options.Add(option);
        }
        command.GivesJson().WithExamples(
            ("export run1 --format onnx", "network.onnx, for ONNX Runtime and others."),
            ("export run1 --output digits.c --test-vectors 10", "digits.c and digits.h, for a microcontroller, and digits_test.h to test them there."),
            ("export run1 --output digits8.c --int8", "The same in half the flash."),
            ("export run1 --format npz --output - > digits.npz", "To a program or a file."));
        command.SetAction((parsed, cancellation) =>
        {
            string? file = parsed.GetValue(output);
            var asked = ExportFormat.Of(parsed.GetValue(format), file);
            ExportRequest request = new ExportRequest
            {
                Format = asked,
                Output = file ?? $"network{asked.Suffixes[0]}",
                Dense = parsed.GetValue(dense),
                Weights = parsed.GetValue(int8) ? CWeights.Int8 : CWeights.Float32,
                TestVectors = parsed.GetValue(vectors),
            }.Checked();
            var data = new Dictionary<string, string?>();
            foreach ((Option<string> option, string key) in new[] { (dataset, ConfigurationKeys.DatasetName), (folder, ConfigurationKeys.DatasetFolder) })
            {
                if (parsed.GetValue(option) is { } value)
                {
                    data[key] = request.NeedsData ? value : throw new BadArgumentException($"{option.Name} is given, but only --test-vectors and --int8 take test images.");
                }
            }
            if (request.IsPiped && parsed.GetValue<bool>(Declarations.Json))
            {
                throw new BadArgumentException("--json and --output - both want the standard output; name a file with --output.");
            }
            return RunAsync(NetworkSource.Read(parsed.GetValue(from)!), request, data, terminal, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        NetworkSource source, ExportRequest request, IReadOnlyDictionary<string, string?> given, Terminal terminal, CancellationToken cancellation)
    {
        LoadedDataset? data = request.NeedsData ? await ExportData.LoadAsync(source, LayeredConfiguration.Build(null, given), terminal, cancellation) : null;
        var export = new NetworkExport(source, request, data);
        Action<string> say = terminal.Result;
        if (request.IsPiped)
        {
            ExportedFile.Pipe(export.Files[0]);
            say = terminal.Talk; // the result is the file
        }
        else
        {
            ExportedFile.RequireFree(export.Files);
            ExportedFile.Create(export.Files);
        }
        foreach (string line in export.Lines)
        {
            say(line);
        }
        terminal.Json(export.Document);
        return ExitCode.Done;
    }
}
