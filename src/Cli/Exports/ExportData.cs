using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Datasets;

namespace NeuroHal.Cli.Exports;

/// <summary>The test images that an export takes.</summary>
internal static class ExportData
{
    /// <summary>Loads all test images of the data set that is named, or that the network's run had.</summary>
    /// <exception cref="BadArgumentException">It is not known which set, or its images are not of the network's size.</exception>
    /// <exception cref="BadDataException">The set is damaged, or cannot be had.</exception>
    public static async Task<LoadedDataset> LoadAsync(NetworkSource source, IConfiguration configuration, Terminal terminal, CancellationToken cancellation)
    {
        DatasetSettings settings = InferenceSettings.Read(configuration, source.Run).Dataset with { TestLimit = null };
        if (settings.Name == DatasetCatalog.Auto)
        {
            throw new BadArgumentException("--test-vectors and --int8 take test images, and the network is of no run that says which; name a data set with --dataset.");
        }
        LoadedDataset data = await LoadedDataset.LoadAsync(settings, terminal, cancellation);
        int inputs = source.Network.Sizes[0];
        if (data.Test.PixelsPerSample != inputs)
        {
            throw new BadArgumentException($"Images of {data.Name} have {data.Test.PixelsPerSample} pixels, but the network reads {inputs}; name another data set with --dataset.");
        }
        if (source.Run is { } run && run.Dataset.Sha256 != data.Sha256)
        {
            terminal.Talk($"The run had other images ({run.Dataset.Name}, SHA-256 {run.Dataset.Sha256[..16]}) than these ({data.Name}, {data.Sha256[..16]}).");
        }
        return data;
    }

    /// <summary>Says of a file which images it is about.</summary>
    public static IEnumerable<KeyValuePair<string, string>> About(LoadedDataset data) =>
    [
        new("neurohal.dataset", $"{data.Name}, {Figures.Whole(data.Test.Count)} test images"),
        new("neurohal.datasetSha256", data.Sha256),
    ];
}
