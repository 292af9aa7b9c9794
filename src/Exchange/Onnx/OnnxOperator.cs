using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Onnx;

/// <summary>An operator of a graph.</summary>
/// <param name="Node">What the file says of it.</param>
/// <param name="Index">Its place in the file, from 0.</param>
internal sealed record OnnxOperator(NodeProto Node, int Index)
{
    /// <summary>Its type; where it is not ONNX's own, with its domain before it.</summary>
    public string Type => Node.Domain is "" or "ai.onnx" ? Node.OpType : $"{Node.Domain}.{Node.OpType}";

    /// <summary>What it reads, in its order; what is left out is an empty name.</summary>
    public IReadOnlyList<string> Inputs => Node.Input;

    /// <summary>What it makes.</summary>
    public IReadOnlyList<string> Outputs => Node.Output;

    /// <summary>A whole number that it is given.</summary>
    public long Number(string name, long otherwise) => Attribute(name)?.I ?? otherwise;

    /// <summary>A fraction that it is given.</summary>
    public float Fraction(string name, float otherwise) => Attribute(name)?.F ?? otherwise;

    /// <summary>What it is given under a name; null where it is not.</summary>
    public AttributeProto? Attribute(string name) => Node.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>Refuses it if it is given anything else.</summary>
    /// <exception cref="BadDataException">It is.</exception>
    public void RequireNoneBut(params ReadOnlySpan<string> known)
    {
        foreach (AttributeProto attribute in Node.Attribute)
        {
            OnnxRefusal.Require(known.Contains(attribute.Name), $"{this} has an attribute '{attribute.Name}', which cannot be represented");
        }
    }

    /// <summary>Its type and name; tools leave names out, so else what it makes, or its place.</summary>
    public override string ToString() =>
        Node.Name.Length > 0 ? $"operator {Type} '{Node.Name}'"
        : Outputs is [{ Length: > 0 } output, ..] ? $"operator {Type} of the output '{output}'"
        : $"operator {Type}, number {Index + 1} of the graph,";
}
