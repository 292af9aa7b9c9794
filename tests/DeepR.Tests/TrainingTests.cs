using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>DEEP R on the real backends, on small problems.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void The_published_network_never_has_more_than_3552_connections_at_any_step()
    {
        var device = new RealDevices.Observed(RealDevices.Open("SpiNNaker2Emu"));
        var trainer = new Trainer(device, Presets.Paper);
        int steps = 0;
        device.AfterSuperstep = () =>
        {
            steps++;
            NetworkSnapshot network = trainer.ReadNetwork();
            Assert.InRange(network.Connections, 1, 3552);
            Assert.InRange(network.PeakConnections, 1, 3552);
            Assert.All(network.Layers, AssertWellFormed);
        };
        var pixels = new byte[150 * 784];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i * 2654435761 >> 13);
        }
        trainer.TrainEpoch(trainer.Load("noise", new SampleSet(pixels, new byte[150], 784)), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(150, steps);
    }

    [Theory]
    [InlineData("deep-r", 0.95)]
    [InlineData("set", 0.95)]
    [InlineData("static", 0.8)] // its few random connections miss some of the pixels for good
    public void Every_policy_learns_an_easy_task_on_either_backend_to_the_same_bits(string policy, double least)
    {
        TrainingOptions options = Some.SmallNetwork with
        {
            Rewiring = new() { Policy = policy },
            Epochs = 12,
            InitialScale = 0.5f,
            Noise = 1e-3f,
        };
        (NetworkSnapshot cpu, double accuracy) = Train("ReferenceCpu", options);
        (NetworkSnapshot emulated, double same) = Train("SpiNNaker2Emu", options);
        Assert.InRange(accuracy, least, 1);
        Assert.Equal(accuracy, same);
        Assert.Equal(cpu.Sha256, emulated.Sha256);
        Assert.Equal(options.Budget, cpu.Connections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Equal_lanes_give_equal_bits_on_both_backends(int lanes)
    {
        TrainingOptions options = Some.SmallNetwork with { Minibatch = 16, Lanes = lanes, Momentum = 0.9f, InitialScale = 0.5f };
        Assert.Equal(Train("ReferenceCpu", options).Network.Sha256, Train("SpiNNaker2Emu", options).Network.Sha256);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 4)]
    public void Equal_cores_give_equal_bits_on_both_backends_and_on_any_number_of_host_threads(int cores, int lanes)
    {
        TrainingOptions options = Some.SmallNetwork with
        {
            Minibatch = lanes,
            Lanes = lanes,
            InitialScale = 0.5f,
            Noise = 1e-3f,
            Epochs = 4,
        };
        string emulated = Train(RealDevices.Open("SpiNNaker2Emu", cores), options).Network.Sha256;
        foreach (string threads in new[] { "1", "2", "4" })
        {
            Assert.Equal(emulated, Train(RealDevices.Open("ReferenceCpu", cores, ("threads", threads)), options).Network.Sha256);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 1)]
    public void Weights_kept_in_external_memory_are_the_same_and_cost_more_time_and_energy(int cores, int lanes)
    {
        TrainingOptions options = Some.SmallNetwork with { Minibatch = 4, Lanes = lanes, Momentum = 0.9f, InitialScale = 0.5f };
        IDevice near = RealDevices.Open("SpiNNaker2Emu", cores);
        IDevice far = RealDevices.Open("SpiNNaker2Emu", cores);
        string expected = Train(near, options).Network.Sha256;
        Assert.Equal(expected, Train(far, options with { Weights = WeightPlacement.Dram }).Network.Sha256);
        PhaseCounters inSram = near.ReadCounters()[Phase.Train];
        PhaseCounters inDram = far.ReadCounters()[Phase.Train];
        Assert.True(inDram.Elapsed > inSram.Elapsed);
        Assert.True(inDram.Energy!.Total.Value > inSram.Energy!.Total.Value);
        Assert.True(inDram.Cores[0].DmaStored > Bytes.Zero);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Cores_hold_together_exactly_what_one_core_may_hold_and_learn_as_well(int cores)
    {
        IDevice device = RealDevices.Open("SpiNNaker2Emu", cores);
        (NetworkSnapshot network, double accuracy) = Train(
            device, Some.SmallNetwork with { Epochs = 12, InitialScale = 0.5f, Noise = 1e-3f });
        Assert.Equal(Some.SmallNetwork.Budget, network.Connections);
        Assert.Equal(Some.SmallNetwork.Budget, network.PeakConnections);
        Assert.InRange(accuracy, 0.95, 1);
        Assert.All(network.Layers, AssertWellFormed);
    }

    [Fact]
    public void The_seed_decides_and_nothing_else_does()
    {
        string first = Train("ReferenceCpu", Some.SmallNetwork).Network.Sha256;
        Assert.Equal(first, Train("ReferenceCpu", Some.SmallNetwork).Network.Sha256);
        Assert.NotEqual(first, Train("ReferenceCpu", Some.SmallNetwork with { Seed = 2 }).Network.Sha256);
    }

    [Fact]
    public void The_emulation_gives_the_same_time_and_energy_each_time()
    {
        DeviceCounters[] runs = [Counters(), Counters()];
        Assert.Equal(runs[0].Elapsed, runs[1].Elapsed);
        Assert.Equal(runs[0].Energy!.Total, runs[1].Energy!.Total);
        Assert.True(runs[0][Phase.Train].Elapsed > SimTime.Zero);

        static DeviceCounters Counters()
        {
            IDevice device = RealDevices.Open("SpiNNaker2Emu");
            Train(device, Some.SmallNetwork);
            return device.ReadCounters();
        }
    }

    [Fact]
    public void Progress_is_told_at_the_same_points_each_time_and_at_the_end()
    {
        var trainer = new Trainer(RealDevices.Open("SpiNNaker2Emu"), Some.SmallNetwork);
        var seen = new List<int>();
        trainer.TrainEpoch(trainer.Load("samples", Some.Quarters(100)), p => seen.Add(p.Samples), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 5), seen);
    }

    [Fact]
    public void Training_ends_between_two_steps_when_cancelled()
    {
        var trainer = new Trainer(RealDevices.Open("SpiNNaker2Emu"), Some.SmallNetwork);
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(100));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => trainer.TrainEpoch(samples, cancellation: cancelled.Token));
        Assert.Equal((1, 1), (trainer.Epoch, trainer.SamplesDone));
        trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (trainer.Epoch, trainer.SamplesDone));
    }

    private static void AssertWellFormed(LayerSnapshot layer)
    {
        long last = -1;
        foreach (Connection connection in layer.Connections)
        {
            long position = ((long)connection.Row * layer.Inputs) + connection.Column;
            Assert.True(position > last && connection.Column < layer.Inputs && connection.Row < layer.Outputs);
            last = position;
        }
    }

    private static (NetworkSnapshot Network, double Accuracy) Train(string backend, TrainingOptions options) =>
        Train(RealDevices.Open(backend), options);

    private static (NetworkSnapshot Network, double Accuracy) Train(IDevice device, TrainingOptions options)
    {
        var trainer = new Trainer(device, options);
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(400));
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            trainer.TrainEpoch(samples);
        }
        return (trainer.ReadNetwork(), trainer.Evaluate(samples));
    }
}
