using System.CommandLine;
using System.Globalization;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Benchmarks.Faults;

/// <summary>Writes the figures of docs/fault-study.md anew.</summary>
internal static class FaultStudyCommand
{
    private const string Document = "fault-study.md";
    private const string Picture = "fault-study.png";

    public static Command Create()
    {
        var command = new Command("faults", "Train with faults, and write the tables and the plot of docs/fault-study.md");
        Option<string> dataset = new("--dataset") { Description = "Data set", DefaultValueFactory = _ => "mnist" };
        Option<int> samples = new("--samples") { Description = "Samples of an epoch", DefaultValueFactory = _ => 10_000 };
        Option<string> folder = new("--docs") { Description = "Folder of the document", DefaultValueFactory = _ => "docs" };
        command.Options.Add(dataset);
        command.Options.Add(samples);
        command.Options.Add(folder);
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            parsed.GetValue(dataset)!, parsed.GetValue(samples), parsed.GetValue(folder)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, int samples, string folder, CancellationToken cancellation)
    {
        string document = Path.Combine(folder, Document);
        string text = await File.ReadAllTextAsync(document, cancellation);
        Dataset set = await new DatasetCatalog(DatasetEnvironment.OfProcess()).LoadAsync(name, 1, cancellation: cancellation);
        var training = new FaultyTraining(set, samples);
        training.Prepare();
        var runs = new StudyRuns(training);
        string table = FaultTable.Write(runs);
        string bits = FaultBits.Write(runs);
        string curves = FaultCurves.Write(runs, Path.Combine(folder, Picture));
        string setting = string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Name}, {samples:N0} training samples, {FaultyTraining.Epochs} epochs of preset fast, {set.Test.Count:N0} test samples, seeds 1 to {FaultCurves.Seeds}; {runs.Count} trainings.");
        foreach ((string mark, string by) in new[] { ("setting", setting), ("curves", curves), ("bits", bits), ("faults", table) })
        {
            text = MarkedText.Replace(Document, text, mark, by);
        }
        await File.WriteAllTextAsync(document, text, cancellation);
        return 0;
    }
}
