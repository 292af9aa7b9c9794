using CsCheck;

namespace NeuroHal.Kernels.Tests;

public sealed class SparseLayerTests
{
    private static readonly int[] _lanes = [1, 2, 3, 4, 8, 12, 16, 24, 32];

    private static readonly Gen<(int Inputs, int Outputs, int Lanes, int Seed)> _shapes =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[0, 8].Select(i => _lanes[i]), Gen.Int[1, 10_000]);

    [Fact]
    public void Forward_equals_a_dense_product() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            SramBuffer<float> input = bench.Of(KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed));
            SramBuffer<float> output = bench.Empty<float>(shape.Outputs * shape.Lanes);
            bench.Run(new SparseForward<float>(layer, input, output, shape.Lanes));
            float[,] dense = bench.Dense(layer);
            for (int row = 0; row < shape.Outputs; row++)
            {
                for (int lane = 0; lane < shape.Lanes; lane++)
                {
                    double sum = 0;
                    for (int column = 0; column < shape.Inputs; column++)
                    {
                        sum += (double)dense[row, column] * bench.Read(input)[(column * shape.Lanes) + lane];
                    }
                    Assert.Equal(sum, bench.Read(output)[(row * shape.Lanes) + lane], 1e-4);
                }
            }
        },
        iter: 200);

    [Fact]
    public void Backward_equals_a_dense_transposed_product() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            SramBuffer<float> error = bench.Of(KernelBench.Numbers(shape.Outputs * shape.Lanes, shape.Seed + 1));
            SramBuffer<float> back = bench.Of(KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed + 2));
            bench.Run(new SparseBackward(layer, error, back, shape.Lanes));
            float[,] dense = bench.Dense(layer);
            for (int column = 0; column < shape.Inputs; column++)
            {
                for (int lane = 0; lane < shape.Lanes; lane++)
                {
                    double sum = 0;
                    for (int row = 0; row < shape.Outputs; row++)
                    {
                        sum += (double)dense[row, column] * bench.Read(error)[(row * shape.Lanes) + lane];
                    }
                    int at = (column * shape.Lanes) + lane;
                    Assert.Equal(sum, bench.Read(back)[at], 1e-4);
                }
            }
        },
        iter: 200);

    [Fact]
    public void Each_lane_gives_the_bits_that_it_gives_alone() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            float[] numbers = KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed);
            SramBuffer<float> together = bench.Empty<float>(shape.Outputs * shape.Lanes);
            bench.Run(new SparseForward<float>(layer, bench.Of(numbers), together, shape.Lanes));
            for (int lane = 0; lane < shape.Lanes; lane++)
            {
                SramBuffer<float> alone = bench.Empty<float>(shape.Outputs);
                float[] own = [.. Enumerable.Range(0, shape.Inputs).Select(i => numbers[(i * shape.Lanes) + lane])];
                bench.Run(new SparseForward<float>(layer, bench.Of(own), alone, 1));
                for (int row = 0; row < shape.Outputs; row++)
                {
                    Assert.Equal(bench.Read(alone)[row], bench.Read(together)[(row * shape.Lanes) + lane]);
                }
            }
        },
        iter: 100);

    [Fact]
    public void Pixels_as_input_give_what_the_same_numbers_as_floats_give() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            SparseMatrix twin = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            byte[] pixels = [.. KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed).Select(x => (byte)((x + 1) * 127.5f))];
            SramBuffer<byte> bytes = bench.Of(pixels);
            SramBuffer<float> floats = bench.Of([.. pixels.Select(p => p / 255f)]);
            SramBuffer<float> fromBytes = bench.Empty<float>(shape.Outputs * shape.Lanes);
            SramBuffer<float> fromFloats = bench.Empty<float>(shape.Outputs * shape.Lanes);
            bench.Run(new SparseForward<byte>(layer, bytes, fromBytes, shape.Lanes));
            bench.Run(new SparseForward<float>(layer, floats, fromFloats, shape.Lanes));
            AssertClose(bench.Read(fromFloats), bench.Read(fromBytes));
            SramBuffer<float> error = bench.Of(KernelBench.Numbers(shape.Outputs * shape.Lanes, shape.Seed + 1));
            bench.Run(new SparseUpdate<byte> { Layer = layer, OutputError = error, Input = bytes, Lanes = shape.Lanes, Rate = 0.1f });
            bench.Run(new SparseUpdate<float> { Layer = twin, OutputError = error, Input = floats, Lanes = shape.Lanes, Rate = 0.1f });
            AssertClose(bench.Read(twin.Theta), bench.Read(layer.Theta));
        },
        iter: 200);

    [Fact]
    public void Shares_of_a_layer_give_together_what_the_whole_gives() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            SramBuffer<float> activation = bench.Of(KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed));
            SramBuffer<float> error = bench.Of(KernelBench.Numbers(shape.Outputs * shape.Lanes, shape.Seed + 1));
            SramBuffer<float> whole = bench.Empty<float>(shape.Inputs * shape.Lanes);
            bench.Run(new SparseBackward(layer, error, whole, shape.Lanes));
            bench.Run(new SumErrors(whole, default, activation));

            int cut = shape.Outputs / 2;
            SramBuffer<float> upper = bench.Empty<float>(shape.Inputs * shape.Lanes);
            SramBuffer<float> lower = bench.Empty<float>(shape.Inputs * shape.Lanes);
            bench.Run(new SparseBackward(bench.Rows(layer, 0, cut), error.Slice(0, cut * shape.Lanes), upper, shape.Lanes));
            bench.Run(new SparseBackward(
                bench.Rows(layer, cut, shape.Outputs), error.Slice(cut * shape.Lanes, error.Length - (cut * shape.Lanes)), lower, shape.Lanes));
            bench.Run(new SumErrors(upper, lower, activation));
            AssertClose(bench.Read(whole), bench.Read(upper));
            for (int i = 0; i < activation.Length; i++)
            {
                Assert.True(bench.Read(activation)[i] > 0 || bench.Read(upper)[i] == 0);
            }
        },
        iter: 100);

    [Fact]
    public void Update_without_momentum_is_the_formula_on_a_dense_gradient() => _shapes.Sample(
        shape =>
        {
            var bench = new KernelBench();
            SparseMatrix layer = bench.Filled(shape.Inputs, shape.Outputs, Capacity(shape), (ulong)shape.Seed);
            float[] input = KernelBench.Numbers(shape.Inputs * shape.Lanes, shape.Seed);
            float[] error = KernelBench.Numbers(shape.Outputs * shape.Lanes, shape.Seed + 1);
            float[] before = bench.Read(layer.Theta).ToArray();
            bench.Run(new SparseUpdate<float>
            {
                Layer = layer,
                OutputError = bench.Of(error),
                Input = bench.Of(input),
                Lanes = shape.Lanes,
                Rate = 0.1f,
                L1 = 0.01f,
            });
            for (int i = 0; i < bench.Read(layer.Count)[0].Now; i++)
            {
                double gradient = Gradient(bench, layer, i, input, error, shape.Lanes);
                double expected = before[i] + (0.1 * (-(bench.Sign(layer, i) * gradient) - 0.01));
                Assert.Equal(expected, bench.Read(layer.Theta)[i], 1e-5);
            }
        },
        iter: 200);

    /// <summary>Hosts work on sixteen connections at a time, and on what is left one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void A_gradient_is_to_the_last_bit_the_same_wherever_in_the_list_its_connection_is(int lanes)
    {
        var bench = new KernelBench();
        SparseMatrix layer = bench.Filled(30, 10, 50, 5, gradient: true);
        SparseMatrix alone = bench.Layer(30, 10, 1, gradient: true);
        bench.Read(alone.Count)[0] = new ConnectionCount(1, 1);
        SramBuffer<float> floats = bench.Of(KernelBench.Numbers(30 * lanes, 1));
        SramBuffer<byte> bytes = bench.Of([.. KernelBench.Numbers(30 * lanes, 2).Select(n => (byte)(128 + (n * 127)))]);
        SramBuffer<float> error = bench.Of(KernelBench.Numbers(10 * lanes, 3));
        bench.Run(new SparseGradient<float>(layer, error, floats, lanes));
        bench.Run(new SparseGradient<byte>(layer, error, bytes, lanes));
        for (int i = 0; i < layer.Capacity; i++)
        {
            bench.Read(alone.Rows)[0] = bench.Read(layer.Rows)[i];
            bench.Read(alone.Columns)[0] = bench.Read(layer.Columns)[i];
            bench.Read(alone.Gradient)[0] = 0;
            bench.Run(new SparseGradient<float>(alone, error, floats, lanes));
            bench.Run(new SparseGradient<byte>(alone, error, bytes, lanes));
            Assert.Equal(bench.Read(alone.Gradient)[0], bench.Read(layer.Gradient)[i]);
        }
    }

    [Fact]
    public void A_stored_gradient_gives_the_same_step_and_is_cleared()
    {
        var bench = new KernelBench();
        SparseMatrix direct = bench.Filled(30, 10, 50, 5, velocity: true);
        SparseMatrix stored = bench.Filled(30, 10, 50, 5, velocity: true, gradient: true);
        SramBuffer<float> input = bench.Of(KernelBench.Numbers(30 * 4, 1));
        SramBuffer<float> error = bench.Of(KernelBench.Numbers(10 * 4, 2));
        for (int step = 0; step < 3; step++)
        {
            foreach (SparseMatrix layer in new[] { direct, stored })
            {
                if (layer.Gradient.IsPresent)
                {
                    bench.Run(new SparseGradient<float>(layer, error, input, 4));
                }
                bench.Run(new SparseUpdate<float>
                {
                    Layer = layer,
                    OutputError = error,
                    Input = input,
                    Lanes = 4,
                    Rate = 0.1f,
                    Momentum = 0.9f,
                });
            }
        }
        Assert.Equal(bench.Read(direct.Theta).ToArray(), bench.Read(stored.Theta).ToArray());
        Assert.All(bench.Read(stored.Gradient).ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Noise_has_the_deviation_asked_for_and_no_noise_draws_no_random_words()
    {
        var bench = new KernelBench();
        SparseMatrix layer = bench.Filled(200, 200, 20_000, 3);
        SramBuffer<float> input = bench.Empty<float>(200);
        SramBuffer<float> error = bench.Empty<float>(200);
        float[] before = bench.Read(layer.Theta).ToArray();
        var update = new SparseUpdate<float> { Layer = layer, OutputError = error, Input = input, Lanes = 1, Rate = 0.5f };
        Assert.Equal(0, bench.Run(update).RandomWord);
        Assert.Equal(before, bench.Read(layer.Theta).ToArray());

        WorkCounts work = bench.Run(update with { Noise = 0.2f, Streams = bench.Streams() });
        Assert.Equal(20_000 * RandomStreams.WordsPerNormal, work.RandomWord);
        double variance = 0;
        for (int i = 0; i < before.Length; i++)
        {
            double moved = bench.Read(layer.Theta)[i] - before[i];
            variance += moved * moved / before.Length;
        }
        Assert.Equal(0.1, Math.Sqrt(variance), 0.003);
    }

    [Fact]
    public void Zero_activations_cost_a_look_but_no_multiplication()
    {
        var bench = new KernelBench();
        SparseMatrix layer = bench.Filled(20, 10, 60, 9);
        SramBuffer<float> output = bench.Empty<float>(10);
        WorkCounts dark = bench.Run(new SparseForward<float>(layer, bench.Empty<float>(20), output, 1));
        WorkCounts bright = bench.Run(new SparseForward<float>(layer, bench.Of(KernelBench.Numbers(20, 1)), output, 1));
        Assert.Equal(0, dark.FloatMultiplyAdd);
        Assert.Equal(60, bright.FloatMultiplyAdd);
        Assert.True(bright.Load > dark.Load);
    }

    private static void AssertClose(Span<float> expected, Span<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }

    private static int Capacity((int Inputs, int Outputs, int Lanes, int Seed) shape) =>
        Math.Max(1, shape.Inputs * shape.Outputs / 3);

    private static double Gradient(KernelBench bench, SparseMatrix layer, int i, float[] input, float[] error, int lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            sum += (double)error[(bench.Read(layer.Rows)[i] * lanes) + lane] * input[(bench.Read(layer.Columns)[i] * lanes) + lane];
        }
        return sum;
    }
}
