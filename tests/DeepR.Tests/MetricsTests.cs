using NeuroHal.DeepR.Metrics;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Tests;

/// <summary>NeuroBench's metrics: of networks counted by hand, against a count that knows no sparsity, and against what a device computes.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void The_example_of_NeuroBenchs_documentation_has_four_effective_of_nine_operations()
    {
        // Its matrix, and an input that is zero where its input is (docs/metrics/workload_metrics/synaptic_operations.rst).
        NetworkSnapshot network = Network(new float[,] { { 1.3f, 0, -3.2f }, { 0, 1.2f, -5.1f }, { -1.1f, 2.7f, 0 } });
        NetworkMetrics metrics = Measure(network, Samples(3, [0, 77, 255]));
        Assert.Equal(new SynapticOperations(4, 0, 9), metrics.SynapticOperations);
        Assert.Equal(3.0 / 9, metrics.ConnectionSparsity);
        Assert.Null(metrics.ActivationSparsity); // no hidden layer
        Assert.Equal(36, metrics.DenseFootprint);
    }

    [Fact]
    public void A_network_of_two_layers_is_as_counted_by_hand()
    {
        var network = new NetworkSnapshot(
        [
            // h0 = x0 - x1, h1 = -2 x1
            new LayerSnapshot(2, 2, 3, [new(0, 0, 1, false), new(0, 1, 1, true), new(1, 1, 2, true)]),
            // One connection was just placed: its theta is 0, so its weight is zero.
            new LayerSnapshot(2, 2, 3, [new(0, 0, 1, false), new(1, 0, 0, true), new(1, 1, 1, false)]),
        ]);
        // h0 is positive in the first sample only, h1 never.
        NetworkMetrics metrics = Measure(network, Samples(2, [100, 50], [0, 0], [10, 20]));
        Assert.Equal(3.0 / 8, metrics.ConnectionSparsity);
        Assert.Equal(5.0 / 6, metrics.ActivationSparsity);
        Assert.Equal([5.0 / 6], metrics.ActivationSparsityByLayer);
        // Pixels: two samples with both, fan-out 1 and 2. Hidden: h0 once, one weight of it not zero.
        Assert.Equal(new SynapticOperations(7.0 / 3, 0, 8), metrics.SynapticOperations);
        Assert.Equal(3, metrics.Samples);
    }

    [Fact]
    public void Operations_on_inputs_that_are_all_0_or_1_are_accumulates()
    {
        NetworkSnapshot network = Network(new float[,] { { 0.5f, 0.25f }, { -1, 0 } }, new float[,] { { 1, 1 } });
        NetworkMetrics black = Measure(network, Samples(2, [255, 0], [255, 255]));
        // Pixels: 2 + 3 products, accumulates. Hidden: 0.5 and 0.75 of the first neuron, multiplied.
        Assert.Equal(new SynapticOperations(1, 2.5, 6), black.SynapticOperations);
        NetworkMetrics grey = Measure(network, Samples(2, [255, 0], [255, 254]));
        Assert.Equal(new SynapticOperations(3.5, 0, 6), grey.SynapticOperations);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Random_networks_are_as_counted_one_by_one_in_dense_matrices(int count)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            float[][,] layers = [Matrix(random, 13, 20), Matrix(random, 7, 13), Matrix(random, 4, 7)];
            byte[][] samples = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 20).Select(_ => random.Next(3) == 0 ? (byte)random.Next(256) : (byte)0).ToArray())];
            NetworkMetrics metrics = Measure(Network(layers), Samples(20, samples));
            (long zero, long products) = CountDensely(layers, samples);
            Assert.Equal((double)zero / (20 * count), metrics.ActivationSparsity);
            Assert.Equal((double)products / count, metrics.SynapticOperations.EffectiveMacs + metrics.SynapticOperations.EffectiveAcs);
        }
    }

    [Theory]
    [InlineData("ReferenceCpu")]
    [InlineData("SpiNNaker2Emu")]
    public async Task A_trained_networks_activations_are_zero_where_a_devices_are(string backend)
    {
        SampleSet samples = Some.Quarters(50);
        NetworkSnapshot network;
        MemoryPlan plan;
        await using (IDevice device = RealDevices.Open(backend))
        {
            var trainer = new Trainer(device, Some.SmallNetwork);
            LoadedSamples loaded = trainer.Load("samples", samples);
            trainer.TrainEpoch(loaded, cancellation: TestContext.Current.CancellationToken);
            (network, plan) = (trainer.ReadNetwork(), trainer.Plan);
        }
        NetworkMetrics metrics = NetworkMetrics.Measure(network, plan, samples);
        long active = await ActiveOnDeviceAsync(backend, network.Layers[0], samples);
        Assert.InRange(active, 1, (12 * 50) - 1);
        Assert.Equal(((12 * 50) - active) / (12.0 * 50), metrics.ActivationSparsity);
    }

    [Fact]
    public void On_as_many_images_as_MNIST_has_to_test_on_they_take_less_than_a_second()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        var random = new Random(1);
        NetworkSnapshot network = Network(Matrix(random, 300, 784, 0.01), Matrix(random, 100, 300, 0.03), Matrix(random, 10, 100, 0.3));
        byte[] pixels = [.. Enumerable.Range(0, 10_000 * 784).Select(_ => random.Next(5) == 0 ? (byte)random.Next(1, 256) : (byte)0)];
        var samples = new SampleSet(pixels, new byte[10_000], 784);
        // The least of some, as other programs take their share of the host.
        TimeSpan least = Enumerable.Range(0, 5).Min(_ =>
        {
            long start = TimeProvider.System.GetTimestamp();
            Measure(network, samples);
            return TimeProvider.System.GetElapsedTime(start);
        });
        TestContext.Current.TestOutputHelper!.WriteLine($"{network.Connections} connections, 10,000 images: {least.TotalMilliseconds:0} ms");
        Assert.InRange(least.TotalSeconds, 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_footprint_is_what_the_plan_reserves_for_the_network_wherever_it_is_kept(int cores)
    {
        DeviceInfo device = RealDevices.Open("ReferenceCpu", cores).Info;
        MemoryPlan plan = MemoryPlan.Make(Presets.Fast, device);
        string[] model = ["rows", "columns", "theta", "signs", "count"];
        long regions = plan.Cores.SelectMany(c => c.Regions)
            .Where(r => r.Name.StartsWith("layer ", StringComparison.Ordinal) && model.Any(m => r.Name.EndsWith($" {m}", StringComparison.Ordinal)))
            .Sum(r => r.Size.Count);
        Assert.Equal(regions, plan.Model.Count);
        Assert.Equal(plan.Model, MemoryPlan.Make(Presets.Fast with { Weights = WeightPlacement.Dram }, device).Model);
    }

    [Fact]
    public void A_network_that_cannot_be_run_is_refused()
    {
        NetworkSnapshot network = Network(new float[,] { { 1, 1 } });
        Assert.Contains("2 inputs", Assert.Throws<BadArgumentException>(() => Measure(network, Samples(3, [0, 0, 0]))).Message, StringComparison.Ordinal);
        var damaged = new NetworkSnapshot([new LayerSnapshot(2, 1, 1, [new(0, 2, 1, false)])]);
        Assert.False(damaged.IsSound);
        Assert.Contains("lead out", Assert.Throws<BadArgumentException>(() => Measure(damaged, Samples(2, [0, 0]))).Message, StringComparison.Ordinal);
    }

    private static NetworkMetrics Measure(NetworkSnapshot network, SampleSet samples) => NetworkMetrics.Measure(network, new MemoryPlan(1, [], 0), samples);

    private static SampleSet Samples(int pixels, params byte[][] samples) => new(samples.SelectMany(s => s).ToArray(), new byte[samples.Length], pixels);

    private static NetworkSnapshot Network(params float[][,] layers) => new([.. layers.Select(w => new LayerSnapshot(
        w.GetLength(1),
        w.GetLength(0),
        w.Length,
        [
            .. from row in Enumerable.Range(0, w.GetLength(0))
               from column in Enumerable.Range(0, w.GetLength(1))
               where w[row, column] != 0
               select new Connection((ushort)row, (ushort)column, Math.Abs(w[row, column]), w[row, column] < 0),
        ]))]);

    private static float[,] Matrix(Random random, int rows, int columns, double share = 0.25)
    {
        var weights = new float[rows, columns];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / columns, i % columns] = random.NextDouble() < share ? random.NextSingle() - 0.5f : 0;
        }
        return weights;
    }

    /// <summary>Every product of every sample, looked at.</summary>
    private static (long Zero, long Products) CountDensely(float[][,] layers, byte[][] samples)
    {
        (long zero, long products) = (0, 0);
        foreach (byte[] sample in samples)
        {
            float[] input = [.. sample.Select(p => (float)p)];
            for (int layer = 0; layer < layers.Length; layer++)
            {
                var output = new float[layers[layer].GetLength(0)];
                for (int row = 0; row < output.Length; row++)
                {
                    for (int column = 0; column < input.Length; column++)
                    {
                        float weight = layers[layer][row, column];
                        products += weight != 0 && input[column] != 0 ? 1 : 0;
                        output[row] = MathF.FusedMultiplyAdd(weight, input[column], output[row]);
                    }
                    output[row] = Math.Max(0, output[row]);
                    zero += layer < layers.Length - 1 && output[row] == 0 ? 1 : 0;
                }
                input = output;
            }
        }
        return (zero, products);
    }

    /// <summary>How many outputs of a layer's ReLU are not zero on a device, over all samples, one at a time.</summary>
    private static async Task<long> ActiveOnDeviceAsync(string backend, LayerSnapshot layer, SampleSet samples)
    {
        await using IDevice device = RealDevices.Open(backend);
        ISram sram = device.Cores[0].Sram;
        Connection[] connections = [.. layer.Connections];
        var signs = new uint[SparseMatrix.SignWords(connections.Length)];
        for (int i = 0; i < connections.Length; i++)
        {
            signs[i / 32] |= connections[i].Negative ? 1u << (i % 32) : 0;
        }
        SramBuffer<T> Place<T>(string name, T[] values) where T : struct
        {
            SramBuffer<T> buffer = sram.Allocate<T>(name, values.Length);
            device.Host.Write<T>(values, buffer);
            return buffer;
        }

        SramBuffer<float> activations = sram.Allocate<float>("activations", layer.Outputs);
        var matrix = new SparseMatrix
        {
            Inputs = layer.Inputs,
            Outputs = layer.Outputs,
            Rows = Place("rows", connections.Select(c => c.Row).ToArray()),
            Columns = Place("columns", connections.Select(c => c.Column).ToArray()),
            Theta = Place("theta", connections.Select(c => c.Theta).ToArray()),
            Signs = Place("signs", signs),
            Count = Place("count", new[] { new ConnectionCount(connections.Length, connections.Length) }),
        };
        SramBuffer<byte> pixels = sram.Allocate<byte>("pixels", layer.Inputs);
        long active = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            device.Host.Write<byte>(samples.PixelsOf(i).ToArray(), pixels);
            device.Superstep("forward", core =>
            {
                core.Run(new SparseForward<byte>(matrix, pixels, activations, 1));
                core.Run(new Relu(activations));
            });
            var values = new float[layer.Outputs];
            device.Host.Read<float>(activations, values);
            active += values.Count(v => v != 0);
        }
        return active;
    }
}
