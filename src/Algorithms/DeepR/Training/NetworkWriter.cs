using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>Writes a network over the host link to the cores that hold its shares.</summary>
internal static class NetworkWriter
{
    /// <exception cref="BadArgumentException">As of <see cref="Trainer.WriteNetwork"/>; nothing was written.</exception>
    public static void Write(IHostLink host, IReadOnlyList<NetworkShare> shares, NetworkSnapshot network)
    {
        if (shares[0].IsStreamed)
        {
            throw new BadArgumentException("A network was given to write, but its connections are kept in external memory; keep them in SRAM.");
        }
        RequireLayers(shares[0], network);
        Connection[][][] parts = [.. shares.Select(share => Parts(share, network))];
        foreach ((int core, NetworkShare share) in shares.Index())
        {
            for (int layer = 0; layer < share.Layers.Count; layer++)
            {
                Write(host, share.Layers[layer], parts[core][layer], share.FirstRow(layer));
            }
        }
    }

    private static void RequireLayers(NetworkShare share, NetworkSnapshot network)
    {
        int[] given = [.. network.Layers.Select(l => l.Outputs).Prepend(network.Layers[0].Inputs)];
        int[] here = [share.Layers[0].Inputs, .. share.Errors.Select(e => e.Length / share.Lanes)];
        if (!given.SequenceEqual(here))
        {
            throw new BadArgumentException($"The network to write is {string.Join('-', given)}; it must be {string.Join('-', here)}.");
        }
    }

    /// <summary>A core's connections of each layer.</summary>
    private static Connection[][] Parts(NetworkShare share, NetworkSnapshot network) =>
    [
        .. network.Layers.Select((whole, layer) =>
        {
            SparseMatrix here = share.Layers[layer];
            int first = FirstOf(whole.Connections, share.FirstRow(layer));
            Connection[] part = [.. whole.Connections.Skip(first).TakeWhile(c => c.Row < share.FirstRow(layer) + here.Outputs)];
            return part.Length <= here.Capacity
                ? part
                : throw new BadArgumentException(
                    $"The network to write has {part.Length} connections of layer {layer + 1} for core {share.Core}, which has room for {here.Capacity}.");
        }),
    ];

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

    private static void Write(IHostLink host, SparseMatrix layer, Connection[] part, int firstRow)
    {
        var count = new ConnectionCount(part.Length, part.Length);
        host.Write<ConnectionCount>(new[] { count }, layer.Count);
        if (part.Length == 0)
        {
            return;
        }
        var signs = new uint[SparseMatrix.SignWords(part.Length)];
        foreach ((int i, Connection connection) in part.Index())
        {
            signs[i >> 5] |= connection.Negative ? 1u << (i & 31) : 0;
        }
        host.Write<ushort>(part.Select(c => (ushort)(c.Row - firstRow)).ToArray(), layer.Rows.Slice(0, part.Length));
        host.Write<ushort>(part.Select(c => c.Column).ToArray(), layer.Columns.Slice(0, part.Length));
        host.Write<float>(part.Select(c => c.Theta).ToArray(), layer.Theta.Slice(0, part.Length));
        host.Write<uint>(signs, layer.Signs.Slice(0, signs.Length));
    }
}
