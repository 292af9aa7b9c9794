using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Tests.OnnxImportTests;

namespace NeuroHal.Exchange.Tests;

/// <summary>The same network as PyTorch, tf2onnx and others write it.</summary>
public sealed class OnnxDialectTests
{
    private const int Int64 = 7;

    [Fact]
    public void A_MatMul_with_zeros_added_to_its_sums_is_a_layer() => Same(m =>
    {
        m.Graph.Node[0] = Node("MatMul", ["x", "w1"], "product");
        m.Graph.Initializer[0] = Tensor("w1", [2, 3], 1, 0, 3, 0, -2, 4);
        m.Graph.Initializer.Add(Tensor("b1", [3], 0, 0, -0f));
        m.Graph.Node.Insert(1, Node("Add", ["b1", "product"], "h"));
    });

    [Fact]
    public void Biases_that_are_multiplied_by_zero_are_none() => Same(m =>
    {
        m.Graph.Initializer.Add(Tensor("b1", [3], 1, 2, 3));
        m.Graph.Node[0].Input.Add("b1");
        m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "beta", F = 0 });
    });

    [Fact]
    public void Weights_and_biases_can_be_constants_among_the_operators() => Same(m =>
    {
        TensorProto weights = m.Graph.Initializer[0];
        weights.Name = "";
        m.Graph.Initializer.RemoveAt(0);
        m.Graph.Node.Insert(0, Node("Constant", [], "w1", new AttributeProto { Name = "value", T = weights }));
        m.Graph.Node.Insert(0, Node("Constant", [], "b1", new AttributeProto { Name = "value_floats", Floats = { 0, 0, 0 } }));
        m.Graph.Node[2].Input.Add("b1");
    });

    [Fact]
    public void A_sparse_constant_is_one_too() => Same(m =>
    {
        m.Graph.Initializer.RemoveAt(0);
        var weights = new SparseTensorProto
        {
            Values = Tensor("", [4], 1, -2, 3, 4),
            Indices = new TensorProto { DataType = Int64, Dims = { 4 }, Int64Data = { 0, 3, 4, 5 } },
            Dims = { 3, 2 },
        };
        m.Graph.Node.Insert(0, Node("Constant", [], "w1", new AttributeProto { Name = "sparse_value", SparseTensor = weights }));
    });

    [Fact]
    public void Weights_that_are_handed_on_or_transposed_are_constants() => Same(m =>
    {
        m.Graph.Initializer[0].Name = "weight";
        m.Graph.Node[0] = Node("MatMul", ["x", "w1"], "h");
        m.Graph.Node.Insert(0, Node("Transpose", ["same"], "w1", new AttributeProto { Name = "perm", Ints = { 1, 0 } }));
        m.Graph.Node.Insert(0, Node("Identity", ["weight"], "same"));
    });

    [Fact]
    public void An_Identity_anywhere_and_a_LogSoftmax_at_the_end_change_no_class() => Same(m =>
    {
        m.Graph.Node[3].OpType = "LogSoftmax";
        m.Graph.Node[0].Input[0] = "same";
        m.Graph.Node.Insert(0, Node("Identity", ["x"], "same"));
        m.Graph.Node.Add(Node("Identity", ["z"], "output"));
    });

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, -1)]
    [InlineData(0, 2)]
    [InlineData(1, -1)]
    [InlineData(64, 2)]
    public void A_Reshape_to_a_row_of_each_image_keeps_the_order(long first, long second) => Same(m => Shape(m, [first, second], 1, 2));

    [Fact]
    public void A_shape_can_be_a_constant_among_the_operators() => Same(m =>
    {
        Shape(m, [-1, 2], 2, 1);
        m.Graph.Initializer.RemoveAt(2);
        m.Graph.Node.Insert(0, Node("Constant", [], "shape", new AttributeProto { Name = "value_ints", Ints = { -1, 2 } }));
    });

    [Fact]
    public void Shapes_that_mix_images_are_refused()
    {
        Refused("the shape [-1], which does not make one row", m => Shape(m, [-1], 1, 2));
        Refused("the shape [2, -1], which", m => Shape(m, [2, -1], 1, 2));
        Refused("the shape [-1, 1, 2], which", m => Shape(m, [-1, 1, 2], 1, 2));
        Refused("makes rows of 2, but the input 'x' has 8 pixels", m => Shape(m, [-1, 2], 2, 4));
        Refused("reads 2 pixels, but the input 'x' has 8", m => Shape(m, [0, -1], 2, 4));
        Refused("of the output 'flat' has the shape [0, 2]", m =>
        {
            Shape(m, [0, 2], 1, 2);
            m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "allowzero", I = 1 });
        });
        Refused("'shape' is no constant", m =>
        {
            Shape(m, [-1, 2], 1, 2);
            m.Graph.Initializer.RemoveAt(2);
        });
        Refused("is of type float32; int64", m =>
        {
            Shape(m, [-1, 2], 1, 2);
            m.Graph.Initializer[2].DataType = 1;
        });
        Refused("operator Reshape of the output 'a2' is not of the input", m =>
        {
            Shape(m, [-1, 3], 1, 2);
            m.Graph.Node[0] = Node("Reshape", ["a", "shape"], "a2");
            m.Graph.Node[1].Input[0] = "x";
            m.Graph.Node[3].Input[0] = "a2";
        });
    }

    [Fact]
    public void What_is_refused_says_what_to_do()
    {
        Refused("'x' goes to 2 operators (Gemm, Shape); a network is a chain, in which a Flatten (PyTorch: nn.Flatten) makes a row", m => m.Graph.Node.Add(Node("Shape", ["x"], "size")));
        Refused("has biases ('b1') other than zero, and a network here has none; train the model without (PyTorch: bias=False; Keras: use_bias=False)", m =>
        {
            m.Graph.Initializer.Add(Tensor("b1", [3], 0, 1, 0));
            m.Graph.Node.Insert(1, Node("Add", ["h", "b1"], "biased"));
            m.Graph.Node[2].Input[0] = "biased";
        });
        Refused("export the model with 32-bit floats", m => m.Graph.Initializer[0].DataType = 10);
        Refused("external_data=False", m => m.Graph.Initializer[0].DataLocation = 1);
    }

    [Fact]
    public void Sums_take_biases_once_for_each_output_and_from_nowhere_else()
    {
        Refused("has 2 biases ('b1') for 3 outputs", m =>
        {
            m.Graph.Initializer.Add(Tensor("b1", [2], 0, 0));
            m.Graph.Node[0].Input.Add("b1");
        });
        Refused("operator Add of the output 'biased' is not of the layer's sums", m =>
        {
            m.Graph.Node.Insert(1, Node("Add", ["h", "h"], "biased"));
            m.Graph.Node[2].Input[0] = "biased";
        });
        Refused("operator Add of the output 'more' does not follow a layer", m =>
        {
            m.Graph.Initializer.Add(Tensor("b1", [2], 0, 0));
            m.Graph.Node.Insert(0, Node("Add", ["x", "b1"], "more"));
            m.Graph.Node[1].Input[0] = "more";
        });
    }

    [Fact]
    public void Operators_without_a_name_are_called_by_what_they_make_or_by_their_place()
    {
        Refused("operator Gemm of the output 'h' has its input transposed", m =>
        {
            m.Graph.Node[0].Name = "";
            m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "transA", I = 1 });
        });
        Refused("operator Sigmoid, number 2 of the graph, cannot be represented", m => m.Graph.Node[1] = new NodeProto { OpType = "Sigmoid", Input = { "h" } });
    }

    [Fact]
    public void Constants_that_cannot_be_read_are_refused()
    {
        Refused("has an attribute 'value_string'", m => m.Graph.Node.Insert(0, Node("Constant", [], "c", new AttributeProto { Name = "value_string" })));
        Refused("has 0 values", m => m.Graph.Node.Insert(0, Node("Constant", [], "c")));
        Refused("has no value", m => m.Graph.Node.Insert(0, Node("Constant", [], "c", new AttributeProto { Name = "value" })));
        Refused("has no value", m => m.Graph.Node.Insert(0, Node("Constant", [], "c", new AttributeProto { Name = "sparse_value", SparseTensor = new() })));
        Refused("the constant 'w1' twice", m => m.Graph.Node.Insert(0, Node("Identity", ["w2"], "w1")));
        Refused("is no transposition of a matrix", m => m.Graph.Node.Insert(0, Node("Transpose", ["w2"], "c", new AttributeProto { Name = "perm", Ints = { 0, 1 } })));
    }

    private static void Same(Action<ModelProto> change)
    {
        ModelProto model = Model();
        change(model);
        Assert.Equal(Read(Model()).Sha256, Read(model).Sha256);
    }

    private static void Refused(string why, Action<ModelProto> change)
    {
        ModelProto model = Model();
        change(model);
        Assert.Contains(why, Assert.Throws<BadDataException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    /// <summary>Has the input be images of some height and width, and go to the first layer in another shape.</summary>
    private static void Shape(ModelProto model, long[] shape, int height, int width)
    {
        model.Graph.Input[0].Type.TensorType.Shape = new TensorShapeProto
        {
            Dim =
            {
                new TensorShapeProto.Types.Dimension { DimParam = "N" },
                new TensorShapeProto.Types.Dimension { DimValue = height },
                new TensorShapeProto.Types.Dimension { DimValue = width },
            },
        };
        model.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = Int64, Dims = { shape.Length }, Int64Data = { shape } });
        model.Graph.Node[0].Input[0] = "flat";
        model.Graph.Node.Insert(0, Node("Reshape", ["x", "shape"], "flat"));
    }

    private static NodeProto Node(string type, IEnumerable<string> inputs, string output, params IEnumerable<AttributeProto> attributes) =>
        new() { OpType = type, Input = { inputs }, Output = { output }, Attribute = { attributes } };
}
