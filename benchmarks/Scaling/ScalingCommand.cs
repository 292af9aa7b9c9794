using System.CommandLine;
using System.Globalization;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>Writes the figures of docs/scaling.md anew.</summary>
internal static class ScalingCommand
{
    private const string Document = "scaling.md";
    private const int WarmUp = 4;
    private const int Measured = 20;
    private const int Samples = 3000;

    private static readonly int[] _strong = [1, 2, 4, 8, 16, 32, 64, 152, 304, 1216, 7296];
    private static readonly int[] _weak = [1, 4, 16, 64, 152, 304, 1216];
    private static readonly int[] _published = [1, 2, 4, 8, 16, 32, 64, 152];
    private static readonly int[] _host = [1, 4, 16, 64, 152, 1024, 7296];

    public static Command Create()
    {
        var command = new Command("scaling", "Train on 1 to 7,296 emulated cores, and write the tables and plots of docs/scaling.md");
        Option<string> dataset = new("--dataset") { Description = "Data set", DefaultValueFactory = _ => "mnist" };
        Option<string> folder = new("--docs") { Description = "Folder of the document", DefaultValueFactory = _ => "docs" };
        Option<double> seconds = new("--seconds") { Description = "Seconds of each measurement of the host", DefaultValueFactory = _ => 8 };
        Option<string> part = new("--part") { Description = "emulated, host or all", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong("emulated", "host", "all");
        foreach (Option option in new Option[] { dataset, folder, seconds, part })
        {
            command.Options.Add(option);
        }
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            parsed.GetValue(dataset)!, parsed.GetValue(folder)!, parsed.GetValue(seconds), parsed.GetValue(part)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, string folder, double seconds, string part, CancellationToken cancellation)
    {
        string document = Path.Combine(folder, Document);
        string text = await File.ReadAllTextAsync(document, cancellation);
        Dataset set = await new DatasetCatalog(DatasetEnvironment.OfProcess()).LoadAsync(name, 1, cancellation: cancellation);
        LabeledImages images = set.Train.Slice(0, Math.Min(Samples, set.Train.Count));
        var samples = new SampleSet(images.Pixels, images.Labels, images.Rows * images.Columns);
        var chip = new EmulatedChip();
        if (part != "host")
        {
            ScaledRun[] strong = Runs(chip, samples, _strong, _ => Workloads.Wide);
            ScaledRun[] weak = Runs(chip, samples, _weak, Workloads.ForCores);
            ScaledRun[] published = Runs(chip, samples, _published, _ => Workloads.Published);
            ScalingPlots.Emulated(
                [("wide network", strong), ("as many connections a core", weak), ("published network", published)],
                strong,
                Path.Combine(folder, "scaling.png"));
            text = MarkedText.Replace(Document, text, "strong", ScalingTables.Emulated(strong, strong: true));
            text = MarkedText.Replace(Document, text, "utilisation", ScalingTables.Utilisation(strong));
            text = MarkedText.Replace(Document, text, "weak", ScalingTables.Emulated(weak, strong: false));
            text = MarkedText.Replace(Document, text, "weak utilisation", ScalingTables.Utilisation(weak));
            text = MarkedText.Replace(Document, text, "published", ScalingTables.Emulated(published, strong: true));
        }
        if (part != "emulated")
        {
            ScaledRun[] host =
            [
                .. Runs(chip, samples, _host, _ => Workloads.Wide, few: true).Select(run =>
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"host time of {run.Cores} cores"));
                    return run.OnHost(chip, Workloads.Wide, samples, seconds);
                }),
            ];
            ScalingPlots.Host(host, Path.Combine(folder, "scaling-host.png"));
            text = MarkedText.Replace(Document, text, "host", ScalingTables.Host(host));
            text = MarkedText.Replace(Document, text, "machine", string.Create(
                CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {seconds} s for each figure, the least of its stretches."));
        }
        await File.WriteAllTextAsync(document, text, cancellation);
        return 0;
    }

    private static ScaledRun[] Runs(EmulatedChip chip, SampleSet samples, int[] cores, Func<int, TrainingOptions> network, bool few = false) =>
    [
        .. cores.Select(count =>
        {
            // Emulated figures are exact; a few samples tell enough where one takes the host a while.
            (int warmUp, int measured) = few || count > 2000 ? (2, 3) : (WarmUp, Measured);
            ScaledRun run = ScaledRun.Emulate(chip, network(count), samples, count, warmUp, measured);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Layers} on {run.Cores} cores: {run.Seconds * 1e6:N1} us a sample"));
            return run;
        }),
    ];
}
