using CsCheck;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.C;

namespace NeuroHal.Exchange.Tests;

/// <summary>Weights of 8 bits in C.</summary>
public sealed class QuantizedTests
{
    [Fact]
    public void On_a_Cortex_M4F_it_comes_to_this_hosts_sums_of_digits_to_the_bit() => AssertOnBoard(Trained.Digits, 50);

    [Fact]
    [Trait("Category", "Long")]
    public void On_a_Cortex_M4F_it_comes_to_this_hosts_sums_of_1000_test_images_of_MNIST_to_the_bit()
    {
        Trained.SkipUnlessLong();
        AssertOnBoard(Trained.OnMnist, 1000);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void On_MNIST_it_takes_half_the_flash_and_less_than_half_a_percent_of_the_accuracy()
    {
        Trained.SkipUnlessLong();
        NetworkSnapshot network = Trained.OnMnist.Network;
        (CArithmetic exact, CArithmetic quantized) = (new CArithmetic(network), new CArithmetic(network, CWeights.Int8));
        Assert.InRange(Math.Abs(exact.Accuracy(Trained.OnMnist.Samples) - quantized.Accuracy(Trained.OnMnist.Samples)), 0, 0.005);
        Assert.InRange(
            new CNetwork(quantized, "net", []).Constants.Count, 1, (long)(0.55 * new CNetwork(exact, "net", []).Constants.Count));
    }

    [Fact]
    public void A_weight_is_within_half_a_step_of_what_it_was_and_what_came_to_0_is_left_out() => AnyNetwork.Any.Sample(
        network =>
        {
            foreach ((LayerSnapshot layer, CLayer quantized) in network.Layers.Zip(new CArithmetic(network, CWeights.Int8).Layers))
            {
                float largest = layer.Connections.Select(c => MathF.Abs(c.Weight)).DefaultIfEmpty(0).Max();
                float step = largest / 127;
                var weights = new float[layer.Outputs, layer.Inputs];
                for (int row = 0, i = 0; row < layer.Outputs; row++)
                {
                    for (; i < quantized.Ends[row]; i++)
                    {
                        Assert.InRange(MathF.Abs(quantized.Weights[i]), 1, 127);
                        Assert.Equal(MathF.Round(quantized.Weights[i]), quantized.Weights[i]);
                        weights[row, quantized.Columns[i]] = quantized.Weights[i] * step;
                    }
                }
                // A step too small for a float to hold all its digits is off by up to half of the least float, 127 of them by 127 times that.
                float most = (0.5001f * step) + (64 * float.Epsilon);
                Assert.All(layer.Connections, c => Assert.InRange(MathF.Abs(c.Weight - weights[c.Row, c.Column]), 0, most));
            }
        },
        iter: 100, threads: 1);

    [Theory]
    [InlineData(0f)]
    [InlineData(float.Epsilon)]
    [InlineData(200 * float.Epsilon)]
    [InlineData(float.MaxValue)]
    public void Weights_of_any_size_have_a_scale(float theta)
    {
        var network = new NetworkSnapshot([new LayerSnapshot(2, 1, 2, [new Connection(0, 0, theta, true), new Connection(0, 1, theta / 2, false)])]);
        CLayer layer = Assert.Single(new CArithmetic(network, CWeights.Int8).Layers);
        Assert.All(layer.Weights, w => Assert.InRange(MathF.Abs(w), 1, 127));
        Assert.True(float.IsFinite(layer.Scale!.Value));
    }

    private static void AssertOnBoard(Trained trained, int images)
    {
        using var compiled = CompiledCode.OrSkip();
        var arithmetic = new CArithmetic(trained.Network, CWeights.Int8);
        compiled.Put(new CNetwork(arithmetic, "net", NetworkDescription.Of(trained.Network)));
        compiled.PutImages(trained.Test.Slice(0, images));
        compiled.RunOnBoard("board.c", "net.c");
        (int[] classes, float[][] sums) = compiled.Results();
        float[][] expected = [.. Enumerable.Range(0, images).Select(i => arithmetic.Sums(trained.Test.Slice(i, 1).Pixels.Span))];
        Assert.Equal(expected, sums);
        Assert.Equal(expected.Select(CArithmetic.Class), classes);
    }
}
