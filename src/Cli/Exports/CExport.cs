using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.C;

namespace NeuroHal.Cli.Exports;

/// <summary>A network as C: its files, and what it takes and does.</summary>
internal sealed class CExport
{
    private readonly LoadedDataset? _data;
    private readonly CArithmetic _arithmetic;
    private readonly CNetwork _code;
    private readonly CTestVectors? _vectors;
    private readonly int? _images;
    private readonly Accuracies? _accuracy;

    /// <summary>Prepares the files.</summary>
    /// <param name="network">The network.</param>
    /// <param name="about">What is known of it, by name.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="data">The test images; null where none are needed.</param>
    /// <exception cref="BadArgumentException">C cannot carry the network, or there are fewer images than asked for.</exception>
    public CExport(NetworkSnapshot network, IReadOnlyList<KeyValuePair<string, string>> about, ExportRequest request, LoadedDataset? data)
    {
        (_data, _images) = (data, request.TestVectors);
        _arithmetic = new CArithmetic(network, request.Weights);
        if (request.Weights == CWeights.Int8)
        {
            _accuracy = new Accuracies(new CArithmetic(network).Accuracy(data!.Test), _arithmetic.Accuracy(data.Test));
            about =
            [
                .. about,
                .. ExportData.About(data),
                new("neurohal.weights", $"8 bits, one scale for each layer; {Figures.Whole(_arithmetic.Connections)} connections are not 0"),
                new("neurohal.accuracy", $"{Figures.Percent(_accuracy.Int8)} of the test images; with the network's own weights {Figures.Percent(_accuracy.Float32)}"),
            ];
        }
        _code = new CNetwork(_arithmetic, Path.GetFileNameWithoutExtension(request.Output), about);
        if (request.TestVectors is { } count)
        {
            if (count > data!.Test.Count)
            {
                throw new BadArgumentException($"--test-vectors is {Figures.Whole(count)}, but {data.Name} has {Figures.Whole(data.Test.Count)} test images.");
            }
            _vectors = new CTestVectors(_arithmetic, _code.Name, data.Test, count, [.. about, .. ExportData.About(data).Except(about), new("neurohal.images", $"the first {count} test images")]);
        }
    }

    /// <summary>The suffixes of its files, from the name that all have, and their text.</summary>
    public IEnumerable<(string Suffix, string Text)> Files =>
        _vectors is null ? [(".h", _code.Header), (".c", _code.Source)] : [(".h", _code.Header), (".c", _code.Source), ("_test.h", _vectors.Header)];

    /// <summary>What is to be known of it, in lines.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            yield return $"Flash: {Figures.Whole(_code.Constants.Count)} B of constants, and the code; RAM: {Figures.Whole(_code.Ram.Count)} B, and the stack. "
                + $"The function is {_code.Name}_classify.";
            if (_accuracy is not null)
            {
                yield return $"Weights of 8 bits: {Figures.Percent(_accuracy.Int8)} of the {Figures.Whole(_data!.Test.Count)} test images of {_data.Name}; "
                    + $"with the network's own {Figures.Percent(_accuracy.Float32)}. {Figures.Whole(_arithmetic.Connections)} connections are not 0.";
            }
            if (_vectors is not null)
            {
                yield return $"Test vectors: the first {Figures.Whole(_images!.Value)} test images of {_data!.Name} (SHA-256 {_data.Sha256}); {Figures.Whole(_vectors.Constants.Count)} B of flash where they are used.";
            }
        }
    }

    /// <summary>The same, for a document.</summary>
    public object Document => new
    {
        Function = $"{_code.Name}_classify",
        FlashBytes = _code.Constants.Count,
        RamBytes = _code.Ram.Count,
        _arithmetic.Weights,
        _arithmetic.Connections,
        Dataset = _data is null ? null : new { _data.Name, _data.Sha256, Test = _data.Test.Count },
        Accuracy = _accuracy,
        TestVectors = _vectors is null ? null : new { Images = _images, FlashBytes = _vectors.Constants.Count },
    };

    /// <summary>Shares of the test images that are classified rightly.</summary>
    private sealed record Accuracies(double Float32, double Int8);
}
