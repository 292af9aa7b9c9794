using Google.Protobuf;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Tests;

/// <summary>ONNX models of others: which are networks, and why the rest are none.</summary>
public sealed class OnnxImportTests
{
    private const int Float = 1;

    [Fact]
    public void Dense_weights_as_PyTorch_writes_them_are_read_zeros_being_no_connections()
    {
        NetworkSnapshot network = Read(Model());
        Assert.Equal([2, 3, 2], network.Sizes);
        Assert.Equal(
            [new Connection(0, 0, 1, false), new Connection(1, 1, 2, true), new Connection(2, 0, 3, false), new Connection(2, 1, 4, false)],
            network.Layers[0].Connections);
    }

    [Fact]
    public void MatMul_has_its_weights_the_other_way_round()
    {
        ModelProto model = Model();
        NodeProto first = model.Graph.Node[0];
        first.OpType = "MatMul";
        first.Attribute.Clear();
        model.Graph.Initializer[0] = Tensor("w1", [2, 3], 1, 0, 3, 0, -2, 4);
        Assert.Equal(Read(Model()).Sha256, Read(model).Sha256);
    }

    [Fact]
    public void Pairs_of_indices_floats_in_a_list_zero_biases_and_a_Flatten_are_read_as_well()
    {
        ModelProto model = Model();
        model.Graph.Initializer[0] = new TensorProto { Name = "w1", DataType = Float, Dims = { 3, 2 }, FloatData = { 1f, 0f, 0f, -2f, 3f, 4f } };
        model.Graph.Initializer.RemoveAt(1);
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Values = Tensor("w2", [2], 5, 6),
            Indices = new TensorProto { DataType = 7, Dims = { 2, 2 }, Int64Data = { 0, 0, 1, 2 } },
            Dims = { 2, 3 },
        });
        model.Graph.Initializer.Add(Tensor("b1", [3], 0, 0, 0));
        model.Graph.Node[0].Input.Add("b1");
        model.Graph.Node[0].Input[0] = "flat";
        model.Graph.Node.Insert(0, new NodeProto { OpType = "Flatten", Input = { "x" }, Output = { "flat" } });
        Assert.Equal(Read(Model()).Sha256, Read(model).Sha256);
    }

    [Fact]
    public void What_cannot_be_represented_is_refused_by_name()
    {
        Refused("Gemm 'fc1' has biases ('b1')", m =>
        {
            m.Graph.Initializer.Add(Tensor("b1", [3], 0, 0.5f, 0));
            m.Graph.Node[0].Input.Add("b1");
        });
        Refused("Conv 'conv' cannot be represented", m => m.Graph.Node[1] = new NodeProto { OpType = "Conv", Name = "conv", Input = { "h" }, Output = { "a" } });
        Refused("com.acme.Gemm 'fc1' cannot be represented", m => m.Graph.Node[0].Domain = "com.acme");
        Refused("Sigmoid 'other' is not in the chain", m => m.Graph.Node.Add(new NodeProto { OpType = "Sigmoid", Name = "other", Input = { "elsewhere" }, Output = { "q" } }));
        Refused("follows a layer without a Relu between", m =>
        {
            m.Graph.Node.RemoveAt(1);
            m.Graph.Node[1].Input[0] = "h";
        });
        Refused("its last layer is followed by a Relu", m => m.Graph.Node[3] = new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } });
        Refused("'h' goes to 2 operators (Relu, Relu); a network is a chain.", m => m.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "h" }, Output = { "q" } }));
        Refused("multiplies by 2", m => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "alpha", F = 2 }));
        Refused("has its input transposed", m => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "transA", I = 1 }));
        Refused("an attribute 'broadcast'", m => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "broadcast", I = 1 }));
        Refused("is not over its outputs", m => m.Graph.Node[3].Attribute.Add(new AttributeProto { Name = "axis", I = 0 }));
        Refused("it has 2 inputs", m => m.Graph.Input.Add(new ValueInfoProto { Name = "more" }));
        Refused("its input 'x' is of type float16; pixels as float32 or uint8", m => m.Graph.Input[0].Type.TensorType.ElemType = 10);
        Refused("8-bit pixels that were not cast", m => m.Graph.Input[0].Type.TensorType.ElemType = 2);
        Refused("'w1' is no constant of the file", m => m.Graph.Initializer[0].Name = "other");
        Refused("twice", m => m.Graph.Initializer.Add(m.Graph.Initializer[0]));
        Refused("the shape [3]", m => m.Graph.Initializer[0].Dims.RemoveAt(1));
        Refused("the shape [65537, 2]", m => m.Graph.Initializer[0].Dims[0] = 65_537);
        Refused("the shape [65536, 65536]", m => (m.Graph.Initializer[0].Dims[0], m.Graph.Initializer[0].Dims[1]) = (65_536, 65_536));
        Refused("has 6 elements, but the shape [30, 2]", m => m.Graph.Initializer[0].Dims[0] = 30);
        Refused("hold NaN", m => m.Graph.Initializer[0] = Tensor("w1", [3, 2], 1, 0, 0, float.NaN, 3, 4));
        Refused("'w1' is of type float16; only float32", m => m.Graph.Initializer[0].DataType = 10);
        Refused("'w1' is of type double; only float32", m => m.Graph.Initializer[0].DataType = 11);
        Refused("'w1' is of type number 99", m => m.Graph.Initializer[0].DataType = 99);
        Refused("kept in another file", m => m.Graph.Initializer[0].DataLocation = 1);
        Refused("no whole elements", m => m.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[23]));
        Refused("reads 3 activations, but the layer before has 2", m => m.Graph.Initializer[0] = Tensor("w1", [2, 2], 1, 0, 0, 1));
        Refused("the index 6, outside", m =>
        {
            m.Graph.Initializer.RemoveAt(0);
            m.Graph.SparseInitializer.Add(Sparse(0, 6));
        });
        Refused("the index 1, outside or out of order", m =>
        {
            m.Graph.Initializer.RemoveAt(0);
            m.Graph.SparseInitializer.Add(Sparse(1, 1));
        });
        Refused("no graph with operators", m => m.Graph = null);
    }

    [Fact]
    public void A_circle_of_operators_is_not_followed_for_ever() => Refused("", m =>
    {
        m.Graph.Node[1].Output[0] = "x"; // back to the input
        m.Graph.Node.RemoveAt(2);
    });

    internal static NetworkSnapshot Read(ModelProto model) => OnnxReader.Read(model.ToByteArray());

    private static void Refused(string why, Action<ModelProto> change)
    {
        ModelProto model = Model();
        change(model);
        Assert.Contains(why, Assert.Throws<BadDataException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    private static SparseTensorProto Sparse(params long[] indices) => new()
    {
        Values = Tensor("w1", [2], 5, 6),
        Indices = new TensorProto { DataType = 7, Dims = { 2 }, Int64Data = { indices } },
        Dims = { 3, 2 },
    };

    /// <summary>Gemm, Relu, Gemm, Softmax over floats.</summary>
    internal static ModelProto Model()
    {
        static NodeProto Layer(string name, string input, string weights, string output) => new()
        {
            OpType = "Gemm",
            Name = name,
            Input = { input, weights },
            Output = { output },
            Attribute = { new AttributeProto { Name = "transB", I = 1, Type = 2 } },
        };
        return new ModelProto
        {
            Graph = new GraphProto
            {
                Input = { new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = Float } } } },
                Output = { new ValueInfoProto { Name = "z" } },
                Node =
                {
                    Layer("fc1", "x", "w1", "h"),
                    new NodeProto { OpType = "Relu", Input = { "h" }, Output = { "a" } },
                    Layer("fc2", "a", "w2", "y"),
                    new NodeProto { OpType = "Softmax", Input = { "y" }, Output = { "z" } },
                },
                Initializer = { Tensor("w1", [3, 2], 1, 0, 0, -2, 3, 4), Tensor("w2", [2, 3], 5, 0, 0, 0, 0, 6) },
            },
        };
    }

    internal static TensorProto Tensor(string name, long[] dims, params float[] values) => new()
    {
        Name = name,
        DataType = Float,
        Dims = { dims },
        RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)),
    };
}
