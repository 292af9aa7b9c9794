using CsCheck;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Npz;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Safetensors;

namespace NeuroHal.Exchange.Tests;

/// <summary>What is written is what is read.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> Formats => ["npz", "safetensors", "onnx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_network_as_rewiring_leaves_it_comes_back_to_the_bit(string format) => AnyNetwork.Rewired.Sample(
        network => Assert.Equal(network.Sha256, There(network, format).Sha256), iter: 40, threads: 1);

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    public void A_network_between_two_rewirings_comes_back_to_the_bit_peaks_included(string format) => AnyNetwork.Any.Sample(
        network =>
        {
            NetworkSnapshot back = There(network, format);
            Assert.Equal(network.Sha256, back.Sha256);
            Assert.Equal(network.Layers.Select(l => l.Peak), back.Layers.Select(l => l.Peak));
        },
        iter: 40, threads: 1);

    [Fact]
    public void Onnx_knows_weights_only_so_an_amplitude_below_zero_comes_back_above_it_with_the_other_sign() => AnyNetwork.Any.Sample(
        network =>
        {
            NetworkSnapshot back = There(network, "onnx");
            Assert.Equal(
                network.Layers.SelectMany(l => l.Connections.Select(c => (c.Row, c.Column, c.Negative ? -c.Theta : c.Theta))),
                back.Layers.SelectMany(l => l.Connections.Select(c => (c.Row, c.Column, c.Negative ? -c.Theta : c.Theta))));
            Assert.All(back.Layers.SelectMany(l => l.Connections), c => Assert.InRange(c.Theta, 0, float.MaxValue));
        },
        iter: 40, threads: 1);

    [Fact]
    public void Dense_weights_come_back_but_for_connections_of_amplitude_zero() => AnyNetwork.Rewired.Sample(
        network =>
        {
            using var stream = new MemoryStream();
            OnnxWriter.Write(stream, network, [], dense: true);
            Assert.Equal(
                network.Layers.Select(l => l.Connections.Where(c => c.Theta != 0)), OnnxReader.Read(stream.ToArray()).Layers.Select(l => l.Connections));
        },
        iter: 50, threads: 1);

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_network_makes_the_same_file(string format)
    {
        byte[][] files = [.. Enumerable.Range(0, 2).Select(i =>
        {
            string file = _folder.File($"{i}.{format}");
            Write(file, Trained.Digits.Network, format);
            return File.ReadAllBytes(file);
        })];
        Assert.Equal(files[0], files[1]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_trained_network_comes_back_to_the_bit(string format) =>
        Assert.Equal(Trained.Digits.Network.Sha256, There(Trained.Digits.Network, format).Sha256);

    [Theory]
    [MemberData(nameof(Formats))]
    [Trait("Category", "Long")]
    public void A_network_trained_on_MNIST_comes_back_to_the_bit(string format)
    {
        Trained.SkipUnlessLong();
        Assert.Equal(Trained.OnMnist.Network.Sha256, There(Trained.OnMnist.Network, format).Sha256);
    }

    [Fact]
    public void A_file_of_another_suffix_one_that_is_not_there_and_one_that_is_damaged_are_refused_by_name()
    {
        string text = _folder.File("network.txt");
        Assert.Contains(".npz, .safetensors and .onnx", Assert.Throws<BadArgumentException>(() => NetworkFile.Read(text)).Message, StringComparison.Ordinal);
        string missing = _folder.File("missing.onnx");
        Assert.StartsWith($"{missing}: It is not there.", Assert.Throws<BadDataException>(() => NetworkFile.Read(missing)).Message, StringComparison.Ordinal);
        foreach (string format in Formats)
        {
            string damaged = _folder.File($"damaged.{format}");
            File.WriteAllBytes(damaged, new byte[100]);
            Assert.StartsWith($"{damaged}: ", Assert.Throws<BadDataException>(() => NetworkFile.Read(damaged)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "Infinity")]
    public void A_number_that_is_not_finite_is_refused_by_file_layer_and_connection_in_every_format(float theta, string shown)
    {
        NetworkSnapshot good = Trained.Digits.Network;
        Connection[] all = [.. good.Layers[1].Connections];
        all[7] = all[7] with { Theta = theta };
        var network = new NetworkSnapshot([good.Layers[0], good.Layers[1] with { Connections = all }, good.Layers[2]]);
        foreach (string format in new[] { "npz", "safetensors" })
        {
            string message = Assert.Throws<BadDataException>(() => There(network, format)).Message;
            Assert.StartsWith($"{_folder.File($"network.{format}")}: Layer 2 holds ", message, StringComparison.Ordinal);
            Assert.Contains($"{shown} for the connection to output {all[7].Row} from input {all[7].Column}, which is no finite number", message, StringComparison.Ordinal);
        }
        Assert.Contains("'weights2' hold", Assert.Throws<BadDataException>(() => There(network, "onnx")).Message, StringComparison.Ordinal);
    }

    private NetworkSnapshot There(NetworkSnapshot network, string format)
    {
        string file = _folder.File($"network.{format}");
        Write(file, network, format);
        return NetworkFile.Read(file);
    }

    private static void Write(string file, NetworkSnapshot network, string format)
    {
        IReadOnlyList<KeyValuePair<string, string>> metadata = NetworkDescription.Of(network, [new("run.dataset", "digits")]);
        using FileStream stream = File.Create(file);
        switch (format)
        {
            case "npz":
                NpzFile.Write(stream, NetworkArchive.Arrays(network));
                break;
            case "safetensors":
                SafetensorsFile.Write(stream, NetworkArchive.Arrays(network), metadata);
                break;
            default:
                OnnxWriter.Write(stream, network, metadata);
                break;
        }
    }
}
