using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>A trained network as read from a device.</summary>
/// <param name="Layers">The layers, the first after the input first.</param>
public sealed record NetworkSnapshot(IReadOnlyList<LayerSnapshot> Layers)
{
    /// <summary>The connections of all layers.</summary>
    public int Connections => Layers.Sum(l => l.Connections.Count);

    /// <summary>The most connections the layers ever held, summed.</summary>
    public int PeakConnections => Layers.Sum(l => l.Peak);

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

    internal static NetworkSnapshot Read(IHostLink host, IReadOnlyList<SparseMatrix> layers) =>
        new([.. layers.Select(layer => Read(host, layer))]);

    private static LayerSnapshot Read(IHostLink host, SparseMatrix layer)
    {
        var count = new ConnectionCount[1];
        host.Read<ConnectionCount>(layer.Count, count);
        var rows = new ushort[count[0].Now];
        var columns = new ushort[rows.Length];
        var theta = new float[rows.Length];
        var signs = new uint[SparseMatrix.SignWords(rows.Length)];
        host.Read(layer.Rows.Slice(0, rows.Length), rows.AsMemory());
        host.Read(layer.Columns.Slice(0, rows.Length), columns.AsMemory());
        host.Read(layer.Theta.Slice(0, rows.Length), theta.AsMemory());
        host.Read(layer.Signs.Slice(0, signs.Length), signs.AsMemory());
        var connections = new Connection[rows.Length];
        for (int i = 0; i < connections.Length; i++)
        {
            bool negative = (signs[i >> 5] >> (i & 31) & 1) != 0;
            connections[i] = new Connection(rows[i], columns[i], theta[i], negative);
        }
        return new LayerSnapshot(layer.Inputs, layer.Outputs, count[0].Peak, connections);
    }
}

/// <summary>One layer of a trained network.</summary>
/// <param name="Inputs">The neurons it reads.</param>
/// <param name="Outputs">The neurons it feeds.</param>
/// <param name="Peak">The most connections it ever held.</param>
/// <param name="Connections">Its connections, sorted by row, then column.</param>
public sealed record LayerSnapshot(int Inputs, int Outputs, int Peak, IReadOnlyList<Connection> Connections);

/// <summary>A connection.</summary>
/// <param name="Row">The neuron it feeds.</param>
/// <param name="Column">The neuron it reads.</param>
/// <param name="Theta">Its amplitude.</param>
/// <param name="Negative">Whether its weight is minus theta.</param>
public readonly record struct Connection(ushort Row, ushort Column, float Theta, bool Negative);
