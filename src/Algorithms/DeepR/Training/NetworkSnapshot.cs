using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>A trained network as read from a device.</summary>
/// <param name="Layers">The layers, the first after the input first.</param>
public sealed record NetworkSnapshot(IReadOnlyList<LayerSnapshot> Layers)
{
    /// <summary>The connections of all layers.</summary>
    public int Connections => Layers.Sum(l => l.Connections.Count);

    /// <summary>The layer sizes, input first.</summary>
    public IReadOnlyList<int> Sizes => [.. Layers.Select(l => l.Inputs), Layers[^1].Outputs];

    /// <summary>The share of possible connections that each layer has; where it has none, the share of one.</summary>
    public IReadOnlyList<double> Connectivity => [.. Layers.Select(l => Math.Max(1, l.Connections.Count) / ((double)l.Inputs * l.Outputs))];

    /// <summary>The most connections the layers ever held, summed.</summary>
    public int PeakConnections => Layers.Sum(l => l.Peak);

    /// <summary>Whether each connection joins two neurons of its layer; faults in a device's memory can make it not so.</summary>
    public bool IsSound => Layers.All(l => l.Connections.All(c => c.Row < l.Outputs && c.Column < l.Inputs));

    /// <summary>
    /// The SHA-256, as lower-case hex, of every layer's inputs, outputs and number of connections (32 bit each), then
    /// each connection's row and column (16 bit), theta (32-bit float) and sign (8 bit), all little-endian. Two networks
    /// have the same hash if and only if they are bit-identical.
    /// </summary>
    public string Sha256
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> buffer = stackalloc byte[12];
            foreach (LayerSnapshot layer in Layers)
            {
                BinaryPrimitives.WriteInt32LittleEndian(buffer, layer.Inputs);
                BinaryPrimitives.WriteInt32LittleEndian(buffer[4..], layer.Outputs);
                BinaryPrimitives.WriteInt32LittleEndian(buffer[8..], layer.Connections.Count);
                hash.AppendData(buffer);
                foreach (Connection connection in layer.Connections)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(buffer, connection.Row);
                    BinaryPrimitives.WriteUInt16LittleEndian(buffer[2..], connection.Column);
                    BinaryPrimitives.WriteSingleLittleEndian(buffer[4..], connection.Theta);
                    buffer[8] = connection.Negative ? (byte)1 : (byte)0;
                    hash.AppendData(buffer[..9]);
                }
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    internal static NetworkSnapshot Read(IHostLink host, IReadOnlyList<NetworkShare> shares, Action<int> bring) =>
        new([.. Enumerable.Range(0, shares[0].Layers.Count).Select(i => Read(host, shares, i, bring))]);

    /// <summary>Puts the cores' shares of a layer together; as cores hold consecutive rows by rank, the whole is sorted too.</summary>
    private static LayerSnapshot Read(IHostLink host, IReadOnlyList<NetworkShare> shares, int layer, Action<int> bring)
    {
        if (shares[0].IsStreamed)
        {
            bring(layer);
        }
        var connections = new List<Connection>();
        int peak = 0;
        foreach (NetworkShare share in shares.OrderBy(s => s.Grid.Rank(s.Core)))
        {
            SparseMatrix part = share.Layers[layer];
            var count = new ConnectionCount[1];
            host.Read<ConnectionCount>(part.Count, count);
            RequireSound(count[0], part, share.Core, layer);
            peak += count[0].Peak;
            connections.AddRange(Read(host, part, count[0].Now, share.FirstRow(layer)));
        }
        return new LayerSnapshot(shares[0].Layers[layer].Inputs, shares.Sum(s => s.Layers[layer].Outputs), peak, connections);
    }

    /// <summary>What a device's memory holds is not to be trusted with the size of the host's arrays.</summary>
    /// <exception cref="DeviceFaultException">A layer holds more connections than there is room for, or fewer than none.</exception>
    internal static void RequireSound(ConnectionCount count, SparseMatrix part, int core, int layer)
    {
        if (count.Now < 0 || count.Peak < count.Now || count.Peak > part.Capacity)
        {
            throw new DeviceFaultException(
                $"Core {core}: 'layer {layer + 1} count' says {count.Now} connections, {count.Peak} at most, but there is room for {part.Capacity}: "
                + "memory is corrupted. Go on from a checkpoint.");
        }
    }

    private static IEnumerable<Connection> Read(IHostLink host, SparseMatrix part, int count, int firstRow)
    {
        if (count == 0)
        {
            return [];
        }
        var rows = new ushort[count];
        var columns = new ushort[count];
        var theta = new float[count];
        var signs = new uint[SparseMatrix.SignWords(count)];
        host.Read(part.Rows.Slice(0, count), rows.AsMemory());
        host.Read(part.Columns.Slice(0, count), columns.AsMemory());
        host.Read(part.Theta.Slice(0, count), theta.AsMemory());
        host.Read(part.Signs.Slice(0, signs.Length), signs.AsMemory());
        return Enumerable.Range(0, count).Select(i => new Connection(
            (ushort)(rows[i] + firstRow), columns[i], theta[i], (signs[i >> 5] >> (i & 31) & 1) != 0));
    }
}

/// <summary>One layer of a trained network.</summary>
/// <param name="Inputs">The neurons it reads.</param>
/// <param name="Outputs">The neurons it feeds.</param>
/// <param name="Peak">The most connections it ever held; over several cores, the sum of the most each held.</param>
/// <param name="Connections">Its connections, sorted by row, then column.</param>
public sealed record LayerSnapshot(int Inputs, int Outputs, int Peak, IReadOnlyList<Connection> Connections);

/// <summary>A connection.</summary>
/// <param name="Row">The neuron it feeds.</param>
/// <param name="Column">The neuron it reads.</param>
/// <param name="Theta">Its amplitude.</param>
/// <param name="Negative">Whether its weight is minus theta.</param>
public readonly record struct Connection(ushort Row, ushort Column, float Theta, bool Negative)
{
    /// <summary>Theta with its sign.</summary>
    public float Weight => Negative ? -Theta : Theta;
}
