using NeuroHal.Cli.Reports;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Exchange.C;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Safetensors;
using NeuroHal.Results;

namespace NeuroHal.Cli.Inference;

/// <summary>Writes a network in a format of other tools, and says what it wrote.</summary>
internal static class NetworkExport
{
    /// <summary>The formats there are.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["onnx", "npz", "safetensors", "c"];

    /// <summary>Writes a network.</summary>
    /// <param name="source">The network.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="file">The file, which is not there yet.</param>
    /// <param name="dense">Whether weights are written with their zeros; of ONNX only.</param>
    /// <returns>What is to be known of it, in lines.</returns>
    /// <exception cref="BadArgumentException">The format is none, there is a file of that name, it cannot be written, or the format cannot carry the network.</exception>
    public static IEnumerable<string> Write(NetworkSource source, string format, string file, bool dense)
    {
        if (dense && format != "onnx")
        {
            throw new BadArgumentException($"--dense is given with --format {format}, but only ONNX can have its weights dense.");
        }
        NetworkSnapshot network = source.Network;
        IReadOnlyList<KeyValuePair<string, string>> about = NetworkDescription.Of(network, About(source.Run));
        CNetwork? c = format == "c" ? new CNetwork(network, Path.GetFileNameWithoutExtension(file), about) : null;
        string[] files = c is null ? [file] : [Path.ChangeExtension(file, ".h"), Path.ChangeExtension(file, ".c")];
        if (files.FirstOrDefault(File.Exists) is { } there)
        {
            throw new BadArgumentException($"'{there}' is there already; it is kept. Name another file with --output.");
        }
        try
        {
            switch (format)
            {
                case "onnx":
                    OnnxWriter.Write(file, network, about, dense);
                    break;
                case "npz":
                    NetworkArchive.Write(file, network);
                    break;
                case "safetensors":
                    SafetensorsFile.Write(file, NetworkArchive.Arrays(network), about);
                    break;
                case "c":
                    c!.Write(Path.GetDirectoryName(Path.GetFullPath(file))!);
                    break;
                default:
                    throw new BadArgumentException($"--format is '{format}'; it must be one of {string.Join(", ", Formats)}.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"'{file}' cannot be written: {e.Message}", e);
        }
        return Lines(network, format, dense, files, c);
    }

    private static IEnumerable<string> Lines(NetworkSnapshot network, string format, bool dense, string[] files, CNetwork? c)
    {
        foreach (string file in files)
        {
            yield return $"{file}: {Figures.Whole(new FileInfo(file).Length)} B";
        }
        yield return $"{string.Join('-', network.Sizes)}, {Figures.Whole(network.Connections)} connections, weights (SHA-256) {network.Sha256}";
        if (c is not null)
        {
            yield return $"Flash: {Figures.Whole(c.Constants.Count)} B of constants, and the code; RAM: {Figures.Whole(c.Ram.Count)} B, and the stack. "
                + $"The function is {c.Name}_classify.";
        }
        int below = network.Layers.Sum(l => l.Connections.Count(n => n.Theta < 0));
        if (format == "onnx" && below > 0)
        {
            yield return $"{Figures.Whole(below)} amplitudes are below zero, as they may be between two rewirings. ONNX has only their weights, so they would come back "
                + "above zero with the other sign; .npz and .safetensors keep them.";
        }
        int zero = network.Layers.Sum(l => l.Connections.Count(n => n.Theta == 0));
        if (dense && zero > 0)
        {
            yield return $"{Figures.Whole(zero)} amplitudes are zero. Where weights are dense these are no connections, so they would not come back.";
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> About(RunRecord? run) => run is null ? [] :
    [
        new("run.backend", $"{run.Backend.Id} ({run.Backend.Profile})"),
        new("run.dataset", run.Dataset.Name),
        new("run.datasetSha256", run.Dataset.Sha256),
        new("run.testAccuracy", Figures.Percent(run.Accuracy.Test)),
        new("run.preset", run.Preset),
        new("run.seed", Figures.Invariant($"{run.Training.Seed}")),
    ];
}
