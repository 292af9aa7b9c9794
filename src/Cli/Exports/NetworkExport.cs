using System.Text;
using NeuroHal.Cli.Inference;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Exchange.Npz;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Safetensors;
using NeuroHal.Results;

namespace NeuroHal.Cli.Exports;

/// <summary>A network in a format of other tools, and what is to be known of it.</summary>
internal sealed class NetworkExport
{
    private readonly NetworkSnapshot _network;
    private readonly ExportRequest _request;
    private readonly CExport? _c;

    /// <summary>Prepares it.</summary>
    /// <param name="source">The network.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="data">The test images; null where none are needed.</param>
    /// <exception cref="BadArgumentException">The format cannot carry the network.</exception>
    public NetworkExport(NetworkSource source, ExportRequest request, LoadedDataset? data)
    {
        (_network, _request) = (source.Network, request);
        IReadOnlyList<KeyValuePair<string, string>> about = NetworkDescription.Of(_network, About(source.Run));
        _c = request.Format == ExportFormat.C ? new CExport(_network, about, request, data) : null;
        Files = _c is not null
            ? [.. _c.Files.Select(f => new ExportedFile(Beside(request.Output, f.Suffix), Encoding.ASCII.GetBytes(f.Text)))]
            : [new ExportedFile(request.Output, Content(about))];
    }

    /// <summary>Its files, which are not written yet.</summary>
    public IReadOnlyList<ExportedFile> Files { get; }

    /// <summary>What is to be known of it, in lines.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Files.Select(f => $"{(_request.IsPiped ? "standard output" : f.Path)}: {Figures.Whole(f.Content.Length)} B"),
        $"{string.Join('-', _network.Sizes)}, {Figures.Whole(_network.Connections)} connections, weights (SHA-256) {_network.Sha256}",
        .. _c?.Lines ?? [],
        .. Losses,
    ];

    /// <summary>The same as a document.</summary>
    public object Document => new
    {
        ResultFile.SchemaVersion,
        Command = "export",
        Format = _request.Format.Name,
        Files = Files.Select(f => new { File = f.Path, Bytes = f.Content.Length }),
        Layers = _network.Sizes,
        _network.Connections,
        Weights = new WeightsRecord(_network.Sha256),
        Losses,
        C = _c?.Document,
    };

    /// <summary>What would not come back.</summary>
    private IEnumerable<string> Losses
    {
        get
        {
            int below = _network.Layers.Sum(l => l.Connections.Count(n => n.Theta < 0));
            if (_request.Format == ExportFormat.Onnx && below > 0)
            {
                yield return $"{Figures.Whole(below)} amplitudes are below zero, as they may be between two rewirings. ONNX has only their weights, so they would come back "
                    + "above zero with the other sign; .npz and .safetensors keep them.";
            }
            int zero = _network.Layers.Sum(l => l.Connections.Count(n => n.Theta == 0));
            if (_request.Dense && zero > 0)
            {
                yield return $"{Figures.Whole(zero)} amplitudes are zero. Where weights are dense these are no connections, so they would not come back.";
            }
        }
    }

    private static string Beside(string file, string suffix) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileNameWithoutExtension(file) + suffix);

    private byte[] Content(IReadOnlyList<KeyValuePair<string, string>> about)
    {
        using var stream = new MemoryStream();
        if (_request.Format == ExportFormat.Onnx)
        {
            OnnxWriter.Write(stream, _network, about, _request.Dense);
        }
        else if (_request.Format == ExportFormat.Npz)
        {
            NpzFile.Write(stream, NetworkArchive.Arrays(_network));
        }
        else
        {
            SafetensorsFile.Write(stream, NetworkArchive.Arrays(_network), about);
        }
        return stream.ToArray();
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
