using System.Runtime.InteropServices;
using Google.Protobuf;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Onnx;

/// <summary>
/// A network as an ONNX model: 8-bit pixels in, for each layer a <c>Gemm</c> whose weights are a sparse initializer and, but after the last
/// one, a <c>Relu</c>, then a <c>Softmax</c>. Outputs are the sums before it and the probabilities.
/// </summary>
public static class OnnxWriter
{
    // The first to take a softmax over the last axis, and sparse initializers.
    private const int Opset = 13;
    private const int IrVersion = 7;

    // What a set of several images is called that may be of any size.
    private const string Batch = "N";

    /// <summary>Writes a network, so that the same network makes the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="network">The network.</param>
    /// <param name="metadata">What else is to be known, by name.</param>
    /// <param name="dense">
    /// Whether weights have a place for each connection that there could be, for tools that take no sparse ones; which connections have the
    /// amplitude 0 is lost.
    /// </param>
    public static void Write(Stream stream, NetworkSnapshot network, IReadOnlyList<KeyValuePair<string, string>> metadata, bool dense = false)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "neurohal",
            Graph = Graph(network, dense),
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
            MetadataProps = { metadata.Select(m => new StringStringEntryProto { Key = m.Key, Value = m.Value }) },
        };
        model.WriteTo(stream);
    }

    private static GraphProto Graph(NetworkSnapshot network, bool dense)
    {
        IReadOnlyList<int> sizes = network.Sizes;
        var graph = new GraphProto
        {
            Name = $"deep-r {string.Join('-', sizes)}",
            Input = { Value("pixels", OnnxType.UInt8, sizes[0]) },
            Output = { Value("sums", OnnxType.Float, sizes[^1]), Value("probabilities", OnnxType.Float, sizes[^1]) },
        };
        graph.Node.Add(Node("Cast", "cast", ["pixels"], "activations0", Number("to", OnnxType.Float)));
        foreach ((int index, LayerSnapshot layer) in network.Layers.Index())
        {
            bool first = index == 0;
            bool last = index == sizes.Count - 2;
            string weights = $"weights{index + 1}";
            if (dense)
            {
                graph.Initializer.Add(DenseWeights(weights, layer));
            }
            else
            {
                graph.SparseInitializer.Add(Weights(weights, layer));
            }
            string sums = last ? "sums" : $"sums{index + 1}";
            AttributeProto transposed = Number("transB", 1);
            graph.Node.Add(first
                ? Node("Gemm", "layer1", ["activations0", weights], sums, Fraction("alpha", OnnxType.PixelScale), transposed)
                : Node("Gemm", $"layer{index + 1}", [$"activations{index}", weights], sums, transposed));
            graph.Node.Add(last
                ? Node("Softmax", "softmax", [sums], "probabilities", Number("axis", -1))
                : Node("Relu", $"relu{index + 1}", [sums], $"activations{index + 1}"));
        }
        return graph;
    }

    /// <summary>A layer's weights, [outputs][inputs]; an amplitude of zero is there too, and keeps its sign.</summary>
    private static SparseTensorProto Weights(string name, LayerSnapshot layer)
    {
        IReadOnlyList<Connection> all = layer.Connections;
        float[] values = [.. all.Select(Weight)];
        long[] indices = [.. all.Select(c => ((long)c.Row * layer.Inputs) + c.Column)];
        return new SparseTensorProto
        {
            Values = Tensor(name, OnnxType.Float, MemoryMarshal.AsBytes<float>(values), all.Count),
            Indices = Tensor($"{name}_indices", OnnxType.Int64, MemoryMarshal.AsBytes<long>(indices), all.Count),
            Dims = { layer.Outputs, layer.Inputs },
        };
    }

    private static TensorProto DenseWeights(string name, LayerSnapshot layer)
    {
        var values = new float[layer.Outputs * layer.Inputs];
        foreach (Connection connection in layer.Connections)
        {
            values[(connection.Row * layer.Inputs) + connection.Column] = Weight(connection);
        }
        return Tensor(name, OnnxType.Float, MemoryMarshal.AsBytes<float>(values), layer.Outputs, layer.Inputs);
    }

    private static float Weight(Connection connection) => connection.Negative ? -connection.Theta : connection.Theta;

    private static TensorProto Tensor(string name, int type, ReadOnlySpan<byte> elements, params long[] shape) =>
        new() { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(elements) };

    private static NodeProto Node(string type, string name, IEnumerable<string> inputs, string output, params IEnumerable<AttributeProto> attributes) =>
        new() { OpType = type, Name = name, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    private static AttributeProto Number(string name, long value) => new() { Name = name, I = value, Type = OnnxType.NumberAttribute };

    private static AttributeProto Fraction(string name, float value) => new() { Name = name, F = value, Type = OnnxType.FractionAttribute };

    private static ValueInfoProto Value(string name, int type, int size) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = type,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        new TensorShapeProto.Types.Dimension { DimParam = Batch },
                        new TensorShapeProto.Types.Dimension { DimValue = size },
                    },
                },
            },
        },
    };
}
