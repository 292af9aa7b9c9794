using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Cli.Runs;

/// <summary>A data set split for a run.</summary>
internal sealed record LoadedDataset
{
    public required string Name { get; init; }

    public required string Sha256 { get; init; }

    public required string Origin { get; init; }

    public required SampleSet Train { get; init; }

    public required SampleSet? Validation { get; init; }

    public required SampleSet Test { get; init; }

    public static async Task<LoadedDataset> LoadAsync(
        DatasetSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var catalog = new DatasetCatalog(DatasetEnvironment.OfProcess(settings.Folder));
        Dataset set = await catalog.LoadAsync(settings.Name, settings.Seed, cancellation: cancellation);
        if (set.Notice is not null)
        {
            terminal.Talk(set.Notice);
        }
        int held = settings.Validation;
        int train = Math.Min(set.Train.Count - held, settings.Limit ?? int.MaxValue);
        if (train < 1)
        {
            throw new BadArgumentException(
                $"{ConfigurationKeys.DatasetValidation} is {held}, but {set.Name} has {set.Train.Count} training images.");
        }
        TellMore(ConfigurationKeys.DatasetLimit, settings.Limit, set.Train.Count - held, "training", set.Name, terminal);
        TellMore(ConfigurationKeys.DatasetTestLimit, settings.TestLimit, set.Test.Count, "test", set.Name, terminal);
        return new LoadedDataset
        {
            Name = set.Name,
            Sha256 = set.Sha256,
            Origin = set.Origin,
            Train = Samples(set.Train.Slice(0, train)),
            Validation = held == 0 ? null : Samples(set.Train.Slice(set.Train.Count - held, held)),
            Test = Samples(set.Test.Slice(0, Math.Min(set.Test.Count, settings.TestLimit ?? int.MaxValue))),
        };
    }

    private static void TellMore(string key, int? limit, int there, string what, string set, Terminal terminal)
    {
        if (limit > there)
        {
            terminal.Talk($"{key} is {Figures.Whole(limit.Value)}, but {set} has {Figures.Whole(there)} {what} images for that; all of them are used.");
        }
    }

    private static SampleSet Samples(LabeledImages images) =>
        new(images.Pixels, images.Labels, images.Rows * images.Columns);
}
