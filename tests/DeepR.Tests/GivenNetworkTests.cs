using CsCheck;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>A network that is given in place of one that is drawn, on any device that has room for it.</summary>
public sealed class GivenNetworkTests
{
    private static readonly SampleSet _samples = Some.Quarters(50);

    private static readonly TrainingOptions _options = Some.SmallNetwork with
    {
        Layers = [16, 12, 8, 4],
        Connectivity = [0.25, 0.4, 0.5],
        InitialScale = 0.5f,
    };

    [Fact]
    public void A_trained_network_says_the_same_on_every_backend_with_any_cores_lanes_and_place_of_weights()
    {
        var trained = new Trainer(RealDevices.Open("ReferenceCpu"), _options);
        LoadedSamples there = trained.Load("samples", _samples);
        trained.TrainEpoch(there, cancellation: TestContext.Current.CancellationToken);
        NetworkSnapshot network = trained.ReadNetwork();
        double accuracy = trained.Evaluate(there, TestContext.Current.CancellationToken);
        float[][] sums = trained.ReadSums(there, TestContext.Current.CancellationToken);
        Assert.Equal(accuracy, sums.Index().Average(s => s.Item.IndexOf(s.Item.Max()) == _samples.Labels.Span[s.Index] ? 1.0 : 0));

        Gen.Select(Gen.Bool, Gen.Int[1, 4], Gen.Int[0, 4], Gen.Bool).Sample(
            (emulated, cores, lanes, streamed) =>
            {
                TrainingOptions options = _options with
                {
                    Minibatch = 16,
                    Lanes = 1 << lanes,
                    Weights = streamed ? WeightPlacement.Dram : WeightPlacement.Sram,
                };
                var other = new Trainer(RealDevices.Open(emulated ? "SpiNNaker2Emu" : "ReferenceCpu", cores), options, network);
                Assert.Equal(network.Sha256, other.ReadNetwork().Sha256);
                LoadedSamples here = other.Load("samples", _samples);
                Assert.Equal(sums, other.ReadSums(here));
                Assert.Equal(accuracy, other.Evaluate(here));
                Assert.Equal(network.Sha256, other.ReadNetwork().Sha256);
                other.TrainEpoch(here);
                NetworkSnapshot after = other.ReadNetwork();
                Assert.All(after.Layers.Index(), l => Assert.InRange(l.Item.Peak, l.Item.Connections.Count, options.Connections(l.Index)));
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public void Training_that_begins_with_the_network_it_would_draw_and_no_random_numbers_is_the_same_training()
    {
        TrainingOptions options = _options with { Rewiring = new() { Policy = "static" }, Noise = 0 };
        var drawn = new Trainer(RealDevices.Open("ReferenceCpu"), options);
        var given = new Trainer(RealDevices.Open("ReferenceCpu"), options, drawn.ReadNetwork());
        string[] ends = [.. new[] { drawn, given }.Select(trainer =>
        {
            trainer.TrainEpoch(trainer.Load("samples", _samples));
            return trainer.ReadNetwork().Sha256;
        })];
        Assert.Equal(ends[0], ends[1]);
    }

    [Theory]
    [InlineData(1, WeightPlacement.Sram)]
    [InlineData(3, WeightPlacement.Sram)]
    [InlineData(2, WeightPlacement.Dram)]
    public void Training_from_a_given_network_that_is_cut_and_resumed_is_the_uninterrupted_one(int cores, WeightPlacement weights)
    {
        TrainingOptions options = _options with { Weights = weights };
        NetworkSnapshot network = Network(options, (row, column) => row < 5 && column % 2 == 0);
        Trainer Start() => new(RealDevices.Open("ReferenceCpu", cores), options, network);
        Trainer whole = Start(), cut = Start(), resumed = Start();
        whole.TrainEpoch(whole.Load("samples", _samples), cancellation: TestContext.Current.CancellationToken);
        TrainingState? state = null;
        cut.BetweenSteps = () =>
        {
            if (cut.SamplesDone == 33)
            {
                state = cut.SaveState();
                throw new OperationCanceledException();
            }
        };
        LoadedSamples samples = cut.Load("samples", _samples);
        Assert.Throws<OperationCanceledException>(() => cut.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken));
        LoadedSamples again = resumed.Load("samples", _samples);
        resumed.RestoreState(state!.Bytes, again);
        resumed.TrainEpoch(again, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(whole.ReadNetwork().Sha256, resumed.ReadNetwork().Sha256);
    }

    [Fact]
    public void A_network_is_divided_over_cores_so_that_each_has_room_for_its_part_and_all_for_the_budget() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 1 << 16], Gen.Int[0, 1 << 16]).Sample((cores, rows, columns) =>
        {
            TrainingOptions options = Some.SmallNetwork;
            // Any outputs, any inputs: as uneven as can be.
            NetworkSnapshot network = Network(options, (row, column) => ((rows >> row) & 1) == 1 && ((columns >> column) & 1) == 1);
            try
            {
                var partition = new Partition(options, cores, initial: network);
                for (int layer = 0; layer < 2; layer++)
                {
                    LayerShare[] shares = [.. Enumerable.Range(0, cores).Select(c => partition[layer, c])];
                    Assert.Equal(options.Connections(layer), shares.Sum(s => s.Connections));
                    Assert.Equal(options.Layers[layer + 1], shares.Sum(s => s.Rows));
                    Assert.All(shares, s => Assert.InRange(
                        network.Layers[layer].Connections.Count(c => c.Row >= s.First && c.Row < s.First + s.Rows), 0, s.Connections));
                }
            }
            catch (BadArgumentException e)
            {
                Assert.Contains("cannot be divided", e.Message, StringComparison.Ordinal);
                Assert.True(cores > 1);
            }
        }, iter: 2000, threads: 1);

    [Fact]
    public void What_is_no_network_of_the_settings_is_refused_by_name()
    {
        NetworkSnapshot good = Network(Some.SmallNetwork, (row, column) => row == column);
        Refused("has the layers 16-12-4, the settings 16-10-4", good, Some.SmallNetwork with { Layers = [16, 10, 4] });
        Refused("4 connections in layer 2, but with connectivity 0.01 there may be 1", good, Some.SmallNetwork with { Connectivity = [0.25, 0.01] });
        Refused("the amplitude NaN at connection 1 of layer 1", With(good, 1, c => c with { Theta = float.NaN }));
        Refused("the amplitude Infinity at connection 0 of layer 1", With(good, 0, c => c with { Theta = float.PositiveInfinity }));
        Refused("connection 2 of layer 1 at row 1, column 2, outside or out of order", With(With(good, 1, c => c with { Column = 3 }), 2, c => c with { Row = 1 }));
        Refused("connection 11 of layer 1 at row 12, column 11, outside or out of order", With(good, 11, c => c with { Row = 12 }));

        static NetworkSnapshot With(NetworkSnapshot network, int at, Func<Connection, Connection> change)
        {
            Connection[] connections = [.. network.Layers[0].Connections];
            connections[at] = change(connections[at]);
            return new NetworkSnapshot([network.Layers[0] with { Connections = connections }, network.Layers[1]]);
        }

        static void Refused(string why, NetworkSnapshot network, TrainingOptions? options = null)
        {
            string message = Assert.Throws<BadArgumentException>(
                () => new Trainer(RealDevices.Open("ReferenceCpu"), options ?? Some.SmallNetwork, network)).Message;
            Assert.Contains(why, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_that_does_not_fit_the_device_is_refused_with_its_plan()
    {
        NetworkSnapshot network = Network(Some.SmallNetwork, (row, column) => row == column);
        IDevice small = RealDevices.Open("ReferenceCpu", ("sramPerCore", "16384"));
        Assert.Throws<PlanDoesNotFitException>(() => new Trainer(small, Some.SmallNetwork with { Layers = [16, 12, 4], Minibatch = 512, Lanes = 512 }, network));
    }

    /// <summary>A network of at most as many connections as the settings allow, at positions that are wanted.</summary>
    private static NetworkSnapshot Network(TrainingOptions options, Func<int, int, bool> wanted) => new([.. Enumerable.Range(0, options.Connectivity.Count).Select(i =>
    {
        Connection[] all =
        [
            .. from row in Enumerable.Range(0, options.Layers[i + 1])
               from column in Enumerable.Range(0, options.Layers[i])
               where wanted(row, column)
               select new Connection((ushort)row, (ushort)column, 0.25f * (row + column), (row ^ column) % 3 == 0),
        ];
        Connection[] some = [.. all.Take(options.Connections(i))];
        return new LayerSnapshot(options.Layers[i], options.Layers[i + 1], some.Length, some);
    })]);
}
