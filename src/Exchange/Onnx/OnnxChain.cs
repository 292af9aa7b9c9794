using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Onnx.OnnxRefusal;

namespace NeuroHal.Exchange.Onnx;

/// <summary>A graph that is followed from its input, operator by operator, as a network of layers.</summary>
internal sealed class OnnxChain
{
    private const string Supported = "Gemm, MatMul, Add, Relu, Softmax, LogSoftmax, Identity, Cast, Flatten and Reshape can";

    // What is usual where a shape is computed while the model runs.
    private const string ShapeAdvice = ", in which a Flatten (PyTorch: nn.Flatten) makes a row of each image";

    private readonly OnnxOperator[] _operators;
    private readonly OnnxConstants _constants;
    private readonly ILookup<string, OnnxOperator> _consumers;
    private readonly HashSet<int> _followed = [];
    private readonly List<LayerSnapshot> _layers = [];
    private readonly OnnxInput _input;
    private string _at;
    private State _state = State.Input;

    public OnnxChain(GraphProto graph)
    {
        _operators = [.. graph.Node.Select((node, index) => new OnnxOperator(node, index))];
        _constants = new OnnxConstants(graph, _operators);
        _consumers = _operators.Where(o => !_constants.Makes(o))
            .SelectMany(o => o.Inputs.Distinct(), (reader, input) => (reader, input)).ToLookup(c => c.input, c => c.reader);
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !_constants.Has(i.Name))];
        Require(inputs.Length == 1, $"it has {inputs.Length} inputs; a network has one");
        _input = new OnnxInput(inputs[0], _constants);
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
        while (_consumers.Contains(_at))
        {
            OnnxOperator[] readers = [.. _consumers[_at]];
            Require(
                readers.Length == 1,
                $"'{_at}' goes to {readers.Length} operators ({string.Join(", ", readers.Take(4).Select(r => r.Type))}); a network is a chain{(_state == State.Input ? ShapeAdvice : "")}");
            Require(_followed.Add(readers[0].Index), $"its operators form a circle at '{_at}'");
            Follow(readers[0]);
        }
        OnnxOperator? other = _operators.FirstOrDefault(o => !_followed.Contains(o.Index) && !_constants.Makes(o));
        Require(other is null, $"{other} is not in the chain from its input");
        Require(_layers.Count > 0, $"it has no layer");
        Require(_state is State.Sums or State.Probabilities, $"its last layer is followed by a Relu, which an output here has not");
        return new NetworkSnapshot(_layers);
    }

    private void Follow(OnnxOperator next)
    {
        switch (next.Type)
        {
            case "Identity":
                next.RequireNoneBut();
                break;
            case "Cast" or "Flatten" or "Reshape":
                Require(_state == State.Input, $"{next} is not of the input");
                _input.Pass(next, _at);
                break;
            case "Gemm" or "MatMul":
                Layer(next);
                break;
            case "Add":
                Add(next);
                break;
            case "Relu":
                next.RequireNoneBut();
                Require(_state == State.Sums, $"{next} does not follow a layer");
                _state = State.Activations;
                break;
            case "Softmax" or "LogSoftmax":
                next.RequireNoneBut("axis");
                Require(_state == State.Sums && next.Number("axis", -1) is -1 or 1, $"{next} does not follow the last layer, or is not over its outputs");
                _state = State.Probabilities;
                break;
            default:
                Require(false, $"{next} cannot be represented; {Supported}");
                break;
        }
        Require(next.Outputs.Count == 1, $"{next} has {next.Outputs.Count} outputs");
        _at = next.Outputs[0];
    }

    private void Layer(OnnxOperator next)
    {
        bool isGemm = next.Type == "Gemm";
        next.RequireNoneBut(isGemm ? ["alpha", "beta", "transA", "transB"] : []);
        Require(_state is State.Input or State.Activations, $"{next} follows a layer without a Relu between");
        Require(next.Inputs.Count >= 2 && next.Inputs[0] == _at && next.Inputs[1] != _at, $"{next} is not of the layer's input and weights, in this order");
        Require(!isGemm || next.Number("transA", 0) == 0, $"{next} has its input transposed");
        OnnxConstant weights = _constants[next.Inputs[1]];
        LayerSnapshot layer = weights.Layer(outputsFirst: isGemm && next.Number("transB", 0) != 0);
        if (_state == State.Input)
        {
            _input.RequireRead(next, layer.Inputs);
        }
        else
        {
            Require(next.Fraction("alpha", 1) == 1, $"{next} multiplies by {next.Fraction("alpha", 1)}; only 8-bit pixels are scaled, by 1/255");
            Require(_layers[^1].Outputs == layer.Inputs, $"{next} reads {layer.Inputs} activations, but the layer before has {_layers[^1].Outputs}");
        }
        if (next.Inputs.ElementAtOrDefault(2) is { Length: > 0 } biases && next.Fraction("beta", 1) != 0)
        {
            RequireZero(next, biases, layer.Outputs);
        }
        _layers.Add(layer);
        _state = State.Sums;
    }

    private void Add(OnnxOperator next)
    {
        next.RequireNoneBut();
        Require(_state == State.Sums, $"{next} does not follow a layer");
        string[] biases = [.. next.Inputs.Where(i => i != _at)];
        Require(biases.Length == 1 && next.Inputs.Count == 2, $"{next} is not of the layer's sums and biases");
        RequireZero(next, biases[0], _layers[^1].Outputs);
    }

    private void RequireZero(OnnxOperator next, string biases, int outputs)
    {
        int? zeros = _constants.Has(biases) ? _constants[biases].Zeros : null;
        Require(
            zeros is not null,
            $"{next} has biases ('{biases}') other than zero, and a network here has none; train the model without (PyTorch: bias=False; Keras: use_bias=False)");
        Require(zeros == 1 || zeros == outputs, $"{next} has {zeros} biases ('{biases}') for {outputs} outputs");
    }
}
