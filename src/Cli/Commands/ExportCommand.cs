using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Inference;

namespace NeuroHal.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("export", "Write a trained network in a format of other tools: ONNX, NumPy, safetensors, C for microcontrollers");
        Argument<string> from = new("network") { Description = "A run's folder, or a file with a network (.npz, .safetensors, .onnx)" };
        Option<string> format = new("--format") { Description = $"One of {string.Join(", ", NetworkExport.Formats)}", HelpName = "NAME", Required = true };
        Option<string> output = new Option<string>("--output") { Description = "The file [default: network with the format's suffix]; C has a header beside it", HelpName = "FILE" }.NotEmpty();
        Option<bool> dense = new("--dense") { Description = "Write ONNX weights with their zeros, for tools that take no sparse ones" };
        command.Arguments.Add(from);
        command.Options.Add(format);
        command.Options.Add(output);
        command.Options.Add(dense);
        command.WithExamples(
            ("export run1 --format onnx", "network.onnx, for ONNX Runtime and others."),
            ("export run1 --format c --output digits.c", "digits.c and digits.h, for a microcontroller."));
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(format)!;
            string file = parsed.GetValue(output) ?? $"network.{name}";
            foreach (string line in NetworkExport.Write(NetworkSource.Read(parsed.GetValue(from)!), name, file, parsed.GetValue(dense)))
            {
                terminal.Result(line);
            }
            return ExitCode.Done;
        });
        return command;
    }
}
