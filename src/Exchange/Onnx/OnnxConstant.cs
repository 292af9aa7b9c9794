using Google.Protobuf.Collections;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Onnx.OnnxRefusal;

namespace NeuroHal.Exchange.Onnx;

/// <summary>A constant of a graph; one of the two is there.</summary>
/// <param name="Dense">With a place for each element.</param>
/// <param name="Sparse">With its elements other than zero.</param>
internal sealed record OnnxConstant(TensorProto? Dense, SparseTensorProto? Sparse)
{
    private const int MostNeurons = 65_536;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is a matrix that is read the other way round.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>The elements, if they are zero all of them; null where they are not.</summary>
    public int? Zeros => Dense is not null && OnnxTensor.Floats(Dense, Name) is var values && values.All(v => v == 0) ? values.Length : null;

    /// <summary>The whole numbers of a shape.</summary>
    /// <exception cref="BadDataException">It is no such list.</exception>
    public long[] Shape()
    {
        Require(Dense is not null, $"'{Name}' is no list of sizes");
        return OnnxTensor.Integers(Dense!, Name);
    }

    /// <summary>The weights of a layer.</summary>
    /// <param name="outputsFirst">Whether they are [outputs][inputs] rather than [inputs][outputs].</param>
    /// <exception cref="BadDataException">They are no such matrix, or hold what cannot be represented.</exception>
    public LayerSnapshot Layer(bool outputsFirst)
    {
        RepeatedField<long> dims = Dense?.Dims ?? Sparse!.Dims;
        Require(
            dims is [>= 1 and <= MostNeurons, >= 1 and <= MostNeurons] && dims[0] * dims[1] < int.MaxValue,
            $"the weights '{Name}' have the shape [{string.Join(", ", dims.Take(8))}]; two sizes from 1 to 65,536 with a product below 2^31 can be represented");
        int width = (int)dims[1];
        bool rowIsOutput = outputsFirst != IsTransposed;
        var connections = new List<Connection>();
        foreach ((long position, float weight) in Dense is not null ? Weights(Dense) : Weights(Sparse!))
        {
            Require(float.IsFinite(weight), $"the weights '{Name}' hold {weight} at {position}, which is no finite number");
            (ushort row, ushort column) = ((ushort)(position / width), (ushort)(position % width));
            connections.Add(rowIsOutput
                ? new Connection(row, column, MathF.Abs(weight), float.IsNegative(weight))
                : new Connection(column, row, MathF.Abs(weight), float.IsNegative(weight)));
        }
        (int outputs, int inputs) = rowIsOutput ? ((int)dims[0], width) : (width, (int)dims[0]);
        return new LayerSnapshot(inputs, outputs, connections.Count, [.. connections.OrderBy(c => c.Row).ThenBy(c => c.Column)]);
    }

    /// <summary>The weights that are not zero; where a matrix has a place for each, zero is no connection.</summary>
    private IEnumerable<(long Position, float Weight)> Weights(TensorProto tensor)
    {
        float[] values = OnnxTensor.Floats(tensor, Name);
        Require(values.Length == tensor.Dims[0] * tensor.Dims[1], $"'{Name}' has {values.Length} elements, but the shape [{tensor.Dims[0]}, {tensor.Dims[1]}]");
        return values.Index().Where(v => v.Item != 0).Select(v => ((long)v.Index, v.Item));
    }

    private IEnumerable<(long Position, float Weight)> Weights(SparseTensorProto tensor)
    {
        float[] values = OnnxTensor.Floats(tensor.Values, Name);
        long[] indices = Positions(tensor);
        Require(indices.Length == values.Length, $"'{Name}' has {values.Length} values, but {indices.Length} indices");
        for (int i = 0; i < indices.Length; i++)
        {
            Require(
                indices[i] >= (i == 0 ? 0 : indices[i - 1] + 1) && indices[i] < tensor.Dims[0] * tensor.Dims[1],
                $"'{Name}' has the index {indices[i]}, outside or out of order");
        }
        return indices.Zip(values);
    }

    /// <summary>Indices are either positions or pairs of row and column.</summary>
    private long[] Positions(SparseTensorProto tensor)
    {
        Require(tensor.Indices is not null, $"'{Name}' has values, but no indices");
        long[] numbers = OnnxTensor.Integers(tensor.Indices!, $"{Name}'s indices");
        if (tensor.Indices!.Dims.Count != 2)
        {
            return numbers;
        }
        Require(tensor.Indices.Dims[1] == 2 && numbers.Length % 2 == 0, $"the indices of '{Name}' are no pairs of row and column");
        var positions = new long[numbers.Length / 2];
        for (int i = 0; i < positions.Length; i++)
        {
            (long row, long column) = (numbers[2 * i], numbers[(2 * i) + 1]);
            Require(row >= 0 && row < tensor.Dims[0] && column >= 0 && column < tensor.Dims[1], $"'{Name}' has the index [{row}, {column}], outside");
            positions[i] = (row * tensor.Dims[1]) + column;
        }
        return positions;
    }
}
