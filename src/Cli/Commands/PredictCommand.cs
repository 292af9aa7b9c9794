using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Inference;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Images;
using NeuroHal.Hosting;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

internal static class PredictCommand
{
    private const string Invert = "--invert";
    private const int Shown = 3;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("predict", "Put a trained network on any backend and ask it what PNG images show");
        Argument<string> from = new("network") { Description = "A run's folder, or a file with a network (.npz, .safetensors, .onnx)" };
        Argument<string[]> images = new("images") { Description = "PNG files; grey, colour or transparent, of any size", Arity = ArgumentArity.OneOrMore };
        Option<string> invert = new(Invert) { Description = "Whether images are dark on light: auto, yes or no [default: auto, by their edges]", HelpName = "WHEN" };
        invert.CompletionSources.Add("auto", "yes", "no");
        command.Arguments.Add(from);
        command.Arguments.Add(images);
        command.Options.Add(invert);
        RunOptions options = RunOptions.ForInference(command, hasTests: false);
        command.GivesJson().WithExamples(
            ("predict run1 seven.png", "What the network of run1 takes a picture for."),
            ("predict run1 a.png b.png --backend ReferenceCpu --invert yes", "Two pictures, dark on light, on the CPU."));
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(from)!, parsed.GetValue(images)!, Choice(parsed.GetValue(invert)), options.Configure(parsed), terminal, cancellation));
        return command;
    }

    private static bool? Choice(string? invert) => invert switch
    {
        null or "auto" => null,
        "yes" => true,
        "no" => false,
        _ => throw new BadArgumentException($"{Invert} is '{invert}'; it must be auto, yes or no."),
    };

    private static async Task<int> RunAsync(
        string from, string[] files, bool? invert, IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        NetworkSource source = NetworkSource.Read(from);
        int inputs = source.Network.Sizes[0];
        int side = (int)Math.Sqrt(inputs);
        if (side * side != inputs)
        {
            throw new BadArgumentException($"'{from}' is a network of {inputs} inputs, which are no square image.");
        }
        NetworkImage[] images = [.. files.Select(file => Read(file, side, invert))];
        var samples = new SampleSet(images.SelectMany(i => i.Pixels.ToArray()).ToArray(), new byte[images.Length], inputs);
        InferenceSettings settings = InferenceSettings.Read(configuration, source.Run, terminal);
        var plugins = new PluginCatalog(settings.Configuration);
        IDevice device = plugins.Open(settings.Backend, settings.Device);
        await using (device)
        {
            var classifier = new Classifier(device, source.Network, settings.Options);
            float[][] sums = classifier.ReadSums(classifier.Load("images", samples), cancellation);
            string version = plugins.Find(settings.Backend).Manifest.Version.ToString();
            var measured = new InferenceDocument("predict", device, version, settings, source, classifier.Plan, images.Length);
            Prediction[] predictions = [.. sums.Select(Prediction.Of)];
            Table table = new Table { Border = TableBorder.Simple }
                .AddColumn("image").AddColumn("class").AddColumn("probability").AddColumn("next").AddColumn("what was done to it");
            foreach ((int index, Prediction prediction) in predictions.Index())
            {
                IEnumerable<int> next = Enumerable.Range(0, prediction.Probabilities.Count).Where(c => c != prediction.Class)
                    .OrderByDescending(c => prediction.Probabilities[c]).Take(Shown - 1);
                table.AddRow(
                    Markup.Escape(PrintableLine.Of(files[index])),
                    $"{prediction.Class}",
                    Figures.Percent(prediction.Probabilities[prediction.Class]),
                    string.Join(", ", next.Select(c => $"{c} {Figures.Percent(prediction.Probabilities[c])}")),
                    string.Join("; ", images[index].Steps));
            }
            terminal.Json(new PredictionDocument(
                measured, [.. predictions.Zip(files, images).Select(p => new PredictedImage(p.Second, p.First.Class, p.First.Probabilities, p.Third.Steps))]));
            terminal.Result(table);
            terminal.Result(InferenceCost.Of(measured, device.Info));
        }
        return ExitCode.Done;
    }

    private static NetworkImage Read(string file, int side, bool? invert)
    {
        if (Directory.Exists(file))
        {
            throw new BadArgumentException($"'{file}' is a folder; name PNG files.");
        }
        try
        {
            return NetworkImage.Of(PngImage.ReadFile(file), side, invert);
        }
        catch (Exception e) when (e is BadDataException or IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{file}: {e.Message}", e);
        }
    }
}
