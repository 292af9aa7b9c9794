using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx;

namespace NeuroHal.Exchange.Tests;

/// <summary>An exported ONNX model in somebody else's runtime.</summary>
public sealed class OnnxRuntimeTests
{
    // It adds in another order than the kernels.
    private const float Tolerance = 1e-3f;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_classifies_digits_as_the_device_does(bool dense) => AssertSame(Trained.Digits, dense);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "Long")]
    public void It_classifies_the_whole_test_set_of_MNIST_as_the_device_does(bool dense)
    {
        Trained.SkipUnlessLong();
        AssertSame(Trained.OnMnist, dense);
    }

    [Fact]
    public void It_runs_any_network_those_with_empty_layers_included() => AnyNetwork.Rewired.Sample(
        network =>
        {
            (float[][] sums, float[][] probabilities) = Run(network, new byte[3 * network.Sizes[0]], 3, dense: false);
            Assert.All(sums, s => Assert.All(s, v => Assert.Equal(0, v)));
            Assert.All(probabilities, p => Assert.All(p, v => Assert.Equal(1f / network.Sizes[^1], v, 1e-6f)));
        },
        iter: 30, threads: 1);

    private static void AssertSame(Trained trained, bool dense)
    {
        (float[][] sums, float[][] probabilities) = Run(trained.Network, trained.Test.Pixels.ToArray(), trained.Test.Count, dense);
        Assert.Equal(0, trained.Classes.Zip(sums).Count(c => c.First != c.Second.IndexOf(c.Second.Max())));
        Assert.Equal(0, trained.Classes.Zip(probabilities).Count(c => c.First != c.Second.IndexOf(c.Second.Max())));
        Assert.All(trained.Sums.Zip(sums), s => Assert.All(s.First.Zip(s.Second), v => Assert.Equal(v.First, v.Second, Tolerance)));
    }

    private static (float[][] Sums, float[][] Probabilities) Run(NetworkSnapshot network, byte[] pixels, int count, bool dense)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(stream, network, NetworkDescription.Of(network), dense);
        using var session = new InferenceSession(stream.ToArray());
        var input = new DenseTensor<byte>(pixels, [count, network.Sizes[0]]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run([NamedOnnxValue.CreateFromTensor("pixels", input)]);
        float[][] Rows(string name) => [.. outputs.Single(o => o.Name == name).AsEnumerable<float>().Chunk(network.Sizes[^1])];
        return (Rows("sums"), Rows("probabilities"));
    }
}
