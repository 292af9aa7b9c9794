using System.Runtime.InteropServices;
using Google.Protobuf;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A model with all that other tools write and the writer here does not: constants among the operators, shapes, zero biases.</summary>
internal static class OnnxOfOthers
{
    private const int Float = 1;
    private const int Int64 = 7;

    public static byte[] Model() => new ModelProto
    {
        Graph = new GraphProto
        {
            Input = { Input(28, 1) },
            Node =
            {
                Node("Constant", [], "shape", new AttributeProto { Name = "value_ints", Ints = { -1, 28 } }),
                Node("Constant", [], "w2", new AttributeProto { Name = "value", T = Floats("", 2, 3) }),
                Node("Constant", [], "b2", new AttributeProto { Name = "value_floats", Floats = { 0, 0 } }),
                Node("Constant", [], "w3", new AttributeProto { Name = "sparse_value", SparseTensor = Sparse(2, 2) }),
                Node("Transpose", ["weight"], "w1", new AttributeProto { Name = "perm", Ints = { 1, 0 } }),
                Node("Identity", ["zeros"], "b1"),
                Node("Reshape", ["x", "shape"], "flat"),
                Node("MatMul", ["flat", "w1"], "product"),
                Node("Add", ["product", "b1"], "h1"),
                Node("Relu", ["h1"], "a1"),
                Node("Gemm", ["a1", "w2", "b2"], "h2", new AttributeProto { Name = "transB", I = 1 }, new AttributeProto { Name = "beta", F = 1 }),
                Node("Relu", ["h2"], "a2"),
                Node("Gemm", ["a2", "w3"], "h3"),
                Node("LogSoftmax", ["h3"], "y"),
            },
            Initializer = { Floats("weight", 3, 28), new TensorProto { Name = "zeros", DataType = Float, Dims = { 3 }, FloatData = { 0, 0, 0 } } },
        },
    }.ToByteArray();

    private static NodeProto Node(string type, IEnumerable<string> inputs, string output, params IEnumerable<AttributeProto> attributes) =>
        new() { OpType = type, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    private static TensorProto Floats(string name, int rows, int columns)
    {
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(i => i % 3 == 0 ? 0 : 0.25f * (i % 5 - 2))];
        return new TensorProto { Name = name, DataType = Float, Dims = { rows, columns }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
    }

    private static SparseTensorProto Sparse(int rows, int columns) => new()
    {
        Values = new TensorProto { DataType = Float, Dims = { 2 }, FloatData = { 1, -1 } },
        Indices = new TensorProto { DataType = Int64, Dims = { 2, 2 }, Int64Data = { 0, 1, 1, 0 } },
        Dims = { rows, columns },
    };

    private static ValueInfoProto Input(params int[] sizes) => new()
    {
        Name = "x",
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = Float,
                Shape = new TensorShapeProto
                {
                    Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" }, sizes.Select(s => new TensorShapeProto.Types.Dimension { DimValue = s }) },
                },
            },
        },
    };
}
