using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Onnx;

/// <summary>A graph that is followed from its input, operator by operator, as a network of layers.</summary>
internal sealed class OnnxChain
{
    private readonly GraphProto _graph;
    private readonly OnnxInitializers _initializers;
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly List<LayerSnapshot> _layers = [];
    private readonly bool _isOfBytes;
    private string _at;
    private State _state = State.Input;
    private bool _isCast;

    public OnnxChain(GraphProto graph)
    {
        _graph = graph;
        _initializers = new OnnxInitializers(graph);
        _consumers = graph.Node.SelectMany(n => n.Input.Distinct(), (node, input) => (node, input)).ToLookup(c => c.input, c => c.node);
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !_initializers.Has(i.Name))];
        Require(inputs.Length == 1, $"it has {inputs.Length} inputs; a network has one");
        int type = inputs[0].Type?.TensorType?.ElemType ?? 0;
        Require(type is OnnxType.Float or OnnxType.UInt8, $"its input '{inputs[0].Name}' is of type {type}; floats (1) and 8-bit pixels (2) can be read");
        _isOfBytes = type == OnnxType.UInt8;
        _at = inputs[0].Name;
    }

    /// <summary>Where the chain is: what it has come by last.</summary>
    private enum State
    {
        Input,
        Sums,
        Activations,
        Probabilities,
    }

    public NetworkSnapshot Network()
    {
        int followed = 0;
        for (; _consumers.Contains(_at); followed++)
        {
            NodeProto[] nodes = [.. _consumers[_at]];
            Require(nodes.Length == 1, $"'{_at}' goes to {nodes.Length} operators; a network is a chain");
            Require(followed < _graph.Node.Count, $"its operators form a circle at '{_at}'");
            Follow(nodes[0]);
        }
        NodeProto? other = followed == _graph.Node.Count ? null : _graph.Node.FirstOrDefault(n => !IsSupported(n)) ?? _graph.Node[^1];
        Require(other is null, $"operator {Name(other)} is not in the chain from its input");
        Require(_layers.Count > 0, "it has no layer");
        Require(_state is State.Sums or State.Probabilities, "its last layer is followed by a Relu, which an output here has not");
        return new NetworkSnapshot(_layers);
    }

    private void Follow(NodeProto node)
    {
        Require(IsSupported(node), $"operator {Name(node)} cannot be represented; Gemm, MatMul, Relu, Softmax, Cast and Flatten can");
        Require(node.Output.Count == 1, $"operator {Name(node)} has {node.Output.Count} outputs");
        switch (node.OpType)
        {
            case "Cast":
                Require(_state == State.Input && Attribute(node, "to", 0) == OnnxType.Float, $"operator {Name(node)} is not of the input, or not to floats");
                _isCast = true;
                break;
            case "Flatten":
                Require(_state == State.Input && Attribute(node, "axis", 1) == 1, $"operator {Name(node)} is not of the input, or not of one image each");
                break;
            case "Relu":
                Require(_state == State.Sums, $"operator {Name(node)} does not follow a layer");
                _state = State.Activations;
                break;
            case "Softmax":
                Require(_state == State.Sums && Attribute(node, "axis", -1) is -1 or 1, $"operator {Name(node)} does not follow the last layer, or is not over its outputs");
                _state = State.Probabilities;
                break;
            default:
                Layer(node);
                break;
        }
        RequireNoMore(node);
        _at = node.Output[0];
    }

    private void Layer(NodeProto node)
    {
        bool isGemm = node.OpType == "Gemm";
        Require(_state is State.Input or State.Activations, $"operator {Name(node)} follows a layer without a Relu between");
        Require(!_isOfBytes || _isCast, $"operator {Name(node)} reads 8-bit pixels that were not cast to floats");
        Require(node.Input.Count >= 2 && node.Input[0] == _at && node.Input[1] != _at, $"operator {Name(node)} is not of the layer's input and weights, in this order");
        Require(!isGemm || Attribute(node, "transA", 0) == 0, $"operator {Name(node)} has its input transposed");
        RequireScale(node, isGemm);
        foreach (string bias in node.Input.Skip(2).Where(b => b.Length > 0))
        {
            Require(_initializers.IsZero(bias), $"operator {Name(node)} has biases ('{bias}'); a network here has none");
        }
        LayerSnapshot layer = _initializers.Layer(node.Input[1], outputsFirst: isGemm && Attribute(node, "transB", 0) != 0);
        Require(
            _layers.Count == 0 || _layers[^1].Outputs == layer.Inputs,
            $"operator {Name(node)} reads {layer.Inputs} activations, but the layer before has {(_layers.Count == 0 ? 0 : _layers[^1].Outputs)}");
        _layers.Add(layer);
        _state = State.Sums;
    }

    /// <summary>A network here has pixels from 0 to 1 in effect.</summary>
    private void RequireScale(NodeProto node, bool isGemm)
    {
        float scale = isGemm && node.Attribute.FirstOrDefault(a => a.Name == "alpha") is { } alpha ? alpha.F : 1;
        bool isOfPixels = _state == State.Input && scale == OnnxType.PixelScale;
        Require(
            isOfPixels || (scale == 1 && !(_state == State.Input && _isOfBytes)),
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"operator {Name(node)} multiplies by {scale}; only 8-bit pixels are scaled, by 1/255"));
    }

    private static void RequireNoMore(NodeProto node)
    {
        string[] known = node.OpType switch
        {
            "Gemm" => ["alpha", "beta", "transA", "transB"],
            "Cast" => ["to", "saturate"],
            "Flatten" or "Softmax" => ["axis"],
            _ => [],
        };
        string? other = node.Attribute.FirstOrDefault(a => !known.Contains(a.Name))?.Name;
        Require(other is null, $"operator {Name(node)} has an attribute '{other}', which cannot be represented");
    }

    private static bool IsSupported(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && node.OpType is "Gemm" or "MatMul" or "Relu" or "Softmax" or "Cast" or "Flatten";

    private static long Attribute(NodeProto node, string name, long otherwise) => node.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? otherwise;

    private static string Name(NodeProto? node) => node is null ? "" : node.Domain is "" or "ai.onnx"
        ? $"{node.OpType} '{node.Name}'"
        : $"{node.Domain}.{node.OpType} '{node.Name}'";

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadDataException($"The ONNX model cannot be read as a network: {PrintableLine.Of(otherwise)}.");
        }
    }
}
