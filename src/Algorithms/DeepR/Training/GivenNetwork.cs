using System.Globalization;
using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>A network that training or evaluation is to begin with, in place of one that is drawn.</summary>
internal static class GivenNetwork
{
    /// <summary>Makes sure that it is a network of these settings; kernels take for granted what is checked here.</summary>
    /// <exception cref="BadArgumentException">It is not; the message says where.</exception>
    public static void Require(NetworkSnapshot network, TrainingOptions options)
    {
        string sizes = string.Join('-', network.Layers.Select(l => l.Inputs).Concat(network.Layers.TakeLast(1).Select(l => l.Outputs)));
        bool same = network.Layers.Count == options.Connectivity.Count
            && network.Layers.Index().All(l => l.Item.Inputs == options.Layers[l.Index] && l.Item.Outputs == options.Layers[l.Index + 1]);
        Require(same, $"has the layers {sizes}, the settings {string.Join('-', options.Layers)}; set --layers to those of the network");
        foreach ((int index, LayerSnapshot layer) in network.Layers.Index())
        {
            int most = options.Connections(index);
            string name = $"layer {index + 1}";
            Require(
                layer.Connections.Count <= most,
                $"has {layer.Connections.Count} connections in {name}, but with connectivity {options.Connectivity[index]} there may be {most}; raise --connectivity");
            long last = -1;
            foreach ((int number, Connection connection) in layer.Connections.Index())
            {
                long position = ((long)connection.Row * layer.Inputs) + connection.Column;
                Require(
                    connection.Row < layer.Outputs && connection.Column < layer.Inputs && position > last,
                    $"has connection {number} of {name} at row {connection.Row}, column {connection.Column}, outside or out of order");
                Require(float.IsFinite(connection.Theta), $"has the amplitude {connection.Theta} at connection {number} of {name}, which is no finite number");
                last = position;
            }
        }
    }

    /// <summary>Puts it into the cores' SRAM over the host link.</summary>
    /// <param name="network">The network.</param>
    /// <param name="host">The link.</param>
    /// <param name="shares">The cores' buffers, with room for it.</param>
    /// <param name="keep">Stores a layer where layers are kept in external memory.</param>
    public static void Write(NetworkSnapshot network, IHostLink host, IReadOnlyList<NetworkShare> shares, Action<int> keep)
    {
        foreach ((int index, LayerSnapshot layer) in network.Layers.Index())
        {
            foreach (NetworkShare share in shares)
            {
                int first = share.FirstRow(index);
                SparseMatrix part = share.Layers[index];
                int begin = FirstOf(layer.Connections, first);
                Write(host, part, [.. layer.Connections.Take(begin..FirstOf(layer.Connections, first + part.Outputs))], first);
            }
            if (shares[0].IsStreamed)
            {
                keep(index);
            }
        }
    }

    /// <summary>The first connection of a row or of one behind it; they are sorted.</summary>
    private static int FirstOf(IReadOnlyList<Connection> connections, int row)
    {
        (int below, int end) = (0, connections.Count);
        while (below < end)
        {
            int middle = (below + end) / 2;
            (below, end) = connections[middle].Row < row ? (middle + 1, end) : (below, middle);
        }
        return below;
    }

    private static void Write(IHostLink host, SparseMatrix part, Connection[] connections, int first)
    {
        int count = connections.Length;
        host.Write<ConnectionCount>(new[] { new ConnectionCount(count, count) }, part.Count);
        if (count == 0)
        {
            return;
        }
        var signs = new uint[SparseMatrix.SignWords(count)];
        for (int i = 0; i < count; i++)
        {
            signs[i >> 5] |= (connections[i].Negative ? 1u : 0) << (i & 31);
        }
        host.Write<ushort>(connections.Select(c => (ushort)(c.Row - first)).ToArray(), part.Rows.Slice(0, count));
        host.Write<ushort>(connections.Select(c => c.Column).ToArray(), part.Columns.Slice(0, count));
        host.Write<float>(connections.Select(c => c.Theta).ToArray(), part.Theta.Slice(0, count));
        host.Write<uint>(signs, part.Signs.Slice(0, signs.Length));
    }

    private static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new BadArgumentException($"The given network {otherwise.ToString(CultureInfo.InvariantCulture)}.");
        }
    }
}
