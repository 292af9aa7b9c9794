using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Onnx;

/// <summary>The constants of a graph: weights, dense or sparse, and biases.</summary>
internal sealed class OnnxInitializers
{
    private const int MostNeurons = 65_536;
    private const int InFile = 0;

    private readonly Dictionary<string, TensorProto> _dense = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SparseTensorProto> _sparse = new(StringComparer.Ordinal);

    public OnnxInitializers(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Require(_dense.TryAdd(tensor.Name, tensor), $"it has the initializer '{tensor.Name}' twice");
        }
        foreach (SparseTensorProto tensor in graph.SparseInitializer)
        {
            Require(tensor.Values is not null, $"it has a sparse initializer without values");
            string name = tensor.Values!.Name;
            Require(!_dense.ContainsKey(name) && _sparse.TryAdd(name, tensor), $"it has the initializer '{name}' twice");
        }
    }

    public bool Has(string name) => _dense.ContainsKey(name) || _sparse.ContainsKey(name);

    /// <summary>Whether all elements of a constant are zero, if it is one.</summary>
    public bool IsZero(string name) => _dense.TryGetValue(name, out TensorProto? tensor) && Floats(tensor).All(v => v == 0);

    /// <summary>The weights of a layer.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="outputsFirst">Whether they are [outputs][inputs] rather than [inputs][outputs].</param>
    public LayerSnapshot Layer(string name, bool outputsFirst)
    {
        bool isSparse = _sparse.TryGetValue(name, out SparseTensorProto? sparse);
        TensorProto? dense = _dense.GetValueOrDefault(name);
        Require(isSparse || dense is not null, $"the weights '{name}' are no constants of the file");
        RepeatedField<long> dims = isSparse ? sparse!.Dims : dense!.Dims;
        Require(
            dims is [>= 1 and <= MostNeurons, >= 1 and <= MostNeurons] && dims[0] * dims[1] < int.MaxValue,
            $"the weights '{name}' have the shape [{string.Join(", ", dims.Take(8))}]; two sizes from 1 to 65,536 with a product below 2^31 can be represented");
        int width = (int)dims[1];
        IEnumerable<(long Position, float Weight)> weights = isSparse ? Sparse(name, sparse!) : Dense(dense!);
        var connections = new List<Connection>();
        foreach ((long position, float weight) in weights)
        {
            Require(float.IsFinite(weight), $"the weights '{name}' hold {weight} at {position}, which is no finite number");
            (ushort row, ushort column) = ((ushort)(position / width), (ushort)(position % width));
            connections.Add(outputsFirst
                ? new Connection(row, column, MathF.Abs(weight), float.IsNegative(weight))
                : new Connection(column, row, MathF.Abs(weight), float.IsNegative(weight)));
        }
        (int outputs, int inputs) = outputsFirst ? ((int)dims[0], width) : (width, (int)dims[0]);
        return new LayerSnapshot(inputs, outputs, connections.Count, [.. connections.OrderBy(c => c.Row).ThenBy(c => c.Column)]);
    }

    /// <summary>The weights that are not zero; where a matrix has a place for each, zero is no connection.</summary>
    private static IEnumerable<(long Position, float Weight)> Dense(TensorProto tensor)
    {
        float[] values = Floats(tensor);
        Require(values.Length == tensor.Dims[0] * tensor.Dims[1], $"'{tensor.Name}' has {values.Length} elements, but the shape [{tensor.Dims[0]}, {tensor.Dims[1]}]");
        return values.Index().Where(v => v.Item != 0).Select(v => ((long)v.Index, v.Item));
    }

    private static IEnumerable<(long Position, float Weight)> Sparse(string name, SparseTensorProto tensor)
    {
        float[] values = Floats(tensor.Values);
        long[] indices = Positions(name, tensor);
        Require(indices.Length == values.Length, $"'{name}' has {values.Length} values, but {indices.Length} indices");
        for (int i = 0; i < indices.Length; i++)
        {
            Require(
                indices[i] >= (i == 0 ? 0 : indices[i - 1] + 1) && indices[i] < tensor.Dims[0] * tensor.Dims[1],
                $"'{name}' has the index {indices[i]}, outside or out of order");
        }
        return indices.Zip(values);
    }

    /// <summary>Indices are either positions or pairs of row and column.</summary>
    private static long[] Positions(string name, SparseTensorProto tensor)
    {
        Require(tensor.Indices?.DataType == OnnxType.Int64, $"the indices of '{name}' are no 64-bit integers");
        long[] numbers = Elements(tensor.Indices!, tensor.Indices!.Int64Data);
        if (tensor.Indices.Dims.Count != 2)
        {
            return numbers;
        }
        Require(tensor.Indices.Dims[1] == 2 && numbers.Length % 2 == 0, $"the indices of '{name}' are no pairs of row and column");
        var positions = new long[numbers.Length / 2];
        for (int i = 0; i < positions.Length; i++)
        {
            (long row, long column) = (numbers[2 * i], numbers[(2 * i) + 1]);
            Require(row >= 0 && row < tensor.Dims[0] && column >= 0 && column < tensor.Dims[1], $"'{name}' has the index [{row}, {column}], outside");
            positions[i] = (row * tensor.Dims[1]) + column;
        }
        return positions;
    }

    private static float[] Floats(TensorProto tensor)
    {
        Require(tensor.DataType == OnnxType.Float, $"'{tensor.Name}' is of type {tensor.DataType}; 32-bit floats (1) can be represented");
        return Elements(tensor, tensor.FloatData);
    }

    private static T[] Elements<T>(TensorProto tensor, RepeatedField<T> listed) where T : unmanaged
    {
        Require(tensor.DataLocation == InFile && tensor.ExternalData.Count == 0, $"'{tensor.Name}' is kept in another file, which is not read");
        if (!tensor.HasRawData)
        {
            return [.. listed];
        }
        ByteString raw = tensor.RawData;
        Require(listed.Count == 0, $"'{tensor.Name}' has its elements twice");
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(raw.Span);
        Require(MemoryMarshal.AsBytes(elements).Length == raw.Length, $"'{tensor.Name}' has {raw.Length} B, which are no whole elements");
        return elements.ToArray();
    }

    private static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new BadDataException(
                $"The ONNX model cannot be read as a network: {PrintableLine.Of(otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture))}.");
        }
    }
}
