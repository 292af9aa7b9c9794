using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Onnx.OnnxRefusal;

namespace NeuroHal.Exchange.Onnx;

/// <summary>
/// The constants of a graph, weights, biases and shapes: its initializers, dense or sparse, and what the operators <c>Constant</c>,
/// <c>Identity</c> and <c>Transpose</c> make of nothing but constants.
/// </summary>
internal sealed class OnnxConstants
{
    private readonly Dictionary<string, OnnxConstant> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<int> _operators = [];

    public OnnxConstants(GraphProto graph, IEnumerable<OnnxOperator> operators)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Add(tensor.Name, new OnnxConstant(tensor, null));
        }
        foreach (SparseTensorProto tensor in graph.SparseInitializer)
        {
            Require(tensor.Values is not null, $"it has a sparse initializer without values");
            Add(tensor.Values!.Name, new OnnxConstant(null, tensor));
        }
        // ONNX has operators in an order in which each comes after those it reads.
        foreach (OnnxOperator made in operators.Where(o => o.Outputs.Count == 1))
        {
            if (Of(made) is { } constant)
            {
                _operators.Add(made.Index);
                Add(made.Outputs[0], constant);
            }
        }
    }

    /// <summary>Whether there is a constant of a name.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>Whether an operator does nothing but make a constant.</summary>
    public bool Makes(OnnxOperator made) => _operators.Contains(made.Index);

    /// <summary>A constant.</summary>
    /// <exception cref="BadDataException">There is none of that name.</exception>
    public OnnxConstant this[string name]
    {
        get
        {
            Require(_byName.TryGetValue(name, out OnnxConstant? constant), $"'{name}' is no constant of the file");
            return constant!;
        }
    }

    private OnnxConstant? Of(OnnxOperator made)
    {
        OnnxConstant? only = made.Inputs is [var input] ? _byName.GetValueOrDefault(input) : null;
        switch (made.Type)
        {
            case "Constant" when made.Inputs.Count == 0:
                return Value(made);
            case "Identity" when only is not null:
                made.RequireNoneBut();
                return only;
            case "Transpose" when only is not null:
                made.RequireNoneBut("perm");
                Require(made.Attribute("perm")?.Ints is null or [1, 0], $"{made} is no transposition of a matrix");
                return only with { IsTransposed = !only.IsTransposed };
            default:
                return null;
        }
    }

    private static OnnxConstant Value(OnnxOperator made)
    {
        made.RequireNoneBut("value", "sparse_value", "value_floats", "value_ints");
        Require(made.Node.Attribute.Count == 1, $"{made} has {made.Node.Attribute.Count} values; it must have one");
        AttributeProto value = made.Node.Attribute[0];
        return value.Name switch
        {
            "value_floats" => new OnnxConstant(new TensorProto { DataType = OnnxType.Float, Dims = { value.Floats.Count }, FloatData = { value.Floats } }, null),
            "value_ints" => new OnnxConstant(new TensorProto { DataType = OnnxType.Int64, Dims = { value.Ints.Count }, Int64Data = { value.Ints } }, null),
            "sparse_value" => new OnnxConstant(null, Given(value.SparseTensor?.Values is null ? null : value.SparseTensor, made)),
            _ => new OnnxConstant(Given(value.T, made), null),
        };
    }

    private static T Given<T>(T? tensor, OnnxOperator made) where T : class
    {
        Require(tensor is not null, $"{made} has no value");
        return tensor!;
    }

    private void Add(string name, OnnxConstant constant) =>
        Require(_byName.TryAdd(name, constant with { Name = name }), $"it has the constant '{name}' twice");
}
