using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Safetensors;

namespace NeuroHal.Exchange.Tests;

/// <summary>The snippet of docs/exchange.md, run as it stands there.</summary>
public sealed class PythonTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    // The safetensors package may not be there; the format is read by hand where it is not.
    private const string Script = """
        import json, sys


        def load(path):
            if path.endswith(".npz"):
                return np.load(path)
            try:
                from safetensors.numpy import load_file
                return load_file(path)
            except ImportError:
                data = open(path, "rb").read()
                end = 8 + int.from_bytes(data[:8], "little")
                types = {"F32": "<f4", "U16": "<u2", "I8": "|i1", "I64": "<i8"}
                return {
                    name: np.frombuffer(data[end + d["data_offsets"][0]:end + d["data_offsets"][1]], types[d["dtype"]]).reshape(d["shape"])
                    for name, d in json.loads(data[8:end]).items() if name != "__metadata__"
                }


        layers = network(load(sys.argv[1]))
        pixels = np.fromfile("images.bin", dtype=np.uint8).reshape(-1, layers[0].shape[1])
        classify(layers, pixels).astype("<i4").tofile("classes.bin")
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    public void It_classifies_digits_as_the_device_does(string format) => AssertSame(Trained.Digits, format);

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    [Trait("Category", "Long")]
    public void It_classifies_the_whole_test_set_of_MNIST_as_the_device_does(string format)
    {
        Trained.SkipUnlessLong();
        AssertSame(Trained.OnMnist, format);
    }

    [Theory]
    [InlineData("np.savez('again.npz', **arrays)")]
    [InlineData("np.savez_compressed('again.npz', **arrays)")]
    [InlineData("np.savez('again.npz', **{n: a if n.endswith('theta') else a.astype(np.int64) for n, a in arrays.items() if not n.endswith('peak')})")]
    public void What_NumPy_writes_is_read(string save)
    {
        string python = Python();
        NetworkArchive.Write(_folder.File("network.npz"), Trained.Digits.Network);
        Assert.Null(Run(python, "-c", $"import numpy as np; arrays = dict(np.load('network.npz')); {save}"));
        Assert.Equal(Trained.Digits.Network.Sha256, NetworkFile.Read(_folder.File("again.npz")).Sha256);
    }

    [Theory]
    [InlineData("layers")]
    [InlineData("[l.tocsc() for l in layers]")]
    [InlineData("[l.tocoo() for l in layers]")]
    [InlineData("[Tensor(l) for l in layers]")]
    public void A_list_of_matrices_becomes_a_network_to_import(string weights)
    {
        const string Tensors = """
            class Tensor:
                "What of a PyTorch tensor the snippet takes."
                def __init__(self, matrix): self.matrix = matrix
                def detach(self): return self
                def cpu(self): return self
                def numpy(self): return self.matrix.toarray()


            """;
        string python = Python();
        NetworkArchive.Write(_folder.File("network.npz"), Trained.Digits.Network);
        File.WriteAllText(_folder.File("save.py"), $"{Snippet(0)}{Snippet(1)}{Tensors}layers = network(np.load('network.npz'))\nsave('mine.npz', {weights})\n");
        Assert.Null(Run(python, "save.py"));
        NetworkSnapshot mine = NetworkFile.Read(_folder.File("mine.npz"));
        bool isDense = weights.Contains("Tensor", StringComparison.Ordinal);
        Assert.Equal(
            Trained.Digits.Network.Layers.Select(l => l.Connections.Where(c => !isDense || c.Theta != 0)), mine.Layers.Select(l => l.Connections));
    }

    /// <summary>One of the document's snippets in Python.</summary>
    private static string Snippet(int number)
    {
        string document = File.ReadAllText(typeof(PythonTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Document").Value!);
        return document.Split("```python\n")[number + 1].Split("```")[0] + "\n\n";
    }

    private string Python()
    {
        string? python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Run(p, "-c", "import numpy, scipy.sparse") is null);
        Assert.SkipWhen(python is null, "NumPy and SciPy are not installed (python3-numpy, python3-scipy).");
        return python!;
    }

    private void AssertSame(Trained trained, string format)
    {
        string python = Python();
        string file = _folder.File($"network.{format}");
        if (format == "npz")
        {
            NetworkArchive.Write(file, trained.Network);
        }
        else
        {
            using FileStream stream = File.Create(file);
            SafetensorsFile.Write(stream, NetworkArchive.Arrays(trained.Network), NetworkDescription.Of(trained.Network));
        }
        File.WriteAllText(_folder.File("classify.py"), Snippet(0) + Script);
        File.WriteAllBytes(_folder.File("images.bin"), trained.Test.Pixels.ToArray());
        Assert.Null(Run(python, "classify.py", file));
        int[] classes = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder.File("classes.bin"))).ToArray();
        Assert.Equal(trained.Test.Count, classes.Length);
        Assert.Equal(0, trained.Classes.Zip(classes).Count(c => c.First != c.Second));
    }

    /// <returns>What went wrong; null where nothing did.</returns>
    private string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (!process.WaitForExit(_limit))
            {
                process.Kill();
                return $"{program} did not end";
            }
            return process.ExitCode == 0 ? null : $"{program}: {errors.Result}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message; // not installed
        }
    }
}
