using System.CommandLine;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Exchange.Npz;
using NeuroHal.Results;

namespace NeuroHal.Cli.Commands;

internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("import", "Take a network of another tool as one to evaluate, or to begin training with");
        Argument<string> file = new("file") { Description = "An .onnx, .npz or .safetensors file" };
        Option<string> output = new Option<string>("--output") { Description = "New folder for the network", HelpName = "DIR", Required = true }.NotEmpty();
        command.Arguments.Add(file);
        command.Options.Add(output);
        command.GivesJson().WithExamples(("import network.onnx --output imported", "A folder to evaluate, or to begin training with by --initial."));
        command.SetAction(parsed => Import(parsed.GetValue(file)!, parsed.GetValue(output)!, terminal));
        return command;
    }

    private static int Import(string file, string folder, Terminal terminal)
    {
        NetworkSnapshot network = NetworkFile.Read(file);
        if (File.Exists(folder))
        {
            throw new BadArgumentException($"'{folder}' is a file; name a new folder with --output.");
        }
        foreach (string taken in new[] { RunFiles.Network, RunFiles.Result, RunFiles.Checkpoints })
        {
            if (Path.Exists(Path.Combine(folder, taken)))
            {
                throw new BadArgumentException($"'{folder}' already holds {taken}; it is kept. Name another folder with --output.");
            }
        }
        string written = Path.Combine(folder, RunFiles.Network);
        try
        {
            Directory.CreateDirectory(folder);
            DurableFile.Create((written, stream => NpzFile.Write(stream, NetworkArchive.Arrays(network))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw WriteFault.Of($"The output folder '{folder}'", e);
        }
        terminal.Result($"{string.Join('-', network.Sizes)}, {Figures.Whole(network.Connections)} connections, weights (SHA-256) {network.Sha256}");
        foreach ((int index, LayerSnapshot layer) in network.Layers.Index())
        {
            terminal.Result($"layer {index + 1}: {Figures.Whole(layer.Connections.Count)} of {Figures.Whole((long)layer.Inputs * layer.Outputs)} connections "
                + $"({Figures.Percent(network.Connectivity[index])})");
        }
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "import",
            From = new { File = file, Format = Path.GetExtension(file)[1..].ToLowerInvariant() },
            Files = new[] { new { File = written, Bytes = new FileInfo(written).Length } },
            Layers = network.Sizes,
            network.Connections,
            ConnectionsByLayer = network.Layers.Select(l => l.Connections.Count),
            Weights = new WeightsRecord(network.Sha256),
        });
        terminal.Talk($"Train it by: neurohal train --initial {folder}");
        return ExitCode.Done;
    }
}
