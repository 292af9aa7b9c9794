using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Onnx.OnnxRefusal;

namespace NeuroHal.Exchange.Onnx;

/// <summary>
/// A model's input: images of 8-bit pixels, or of floats from 0 to 1. Operators before the first layer may make numbers of another type of
/// them, and a row of each, as long as pixels stay in their order.
/// </summary>
internal sealed class OnnxInput
{
    private readonly OnnxConstants _constants;
    private readonly string _name;
    private readonly bool _isOfBytes;
    private double? _pixels;
    private bool _isCast;

    public OnnxInput(ValueInfoProto input, OnnxConstants constants)
    {
        TypeProto.Types.Tensor? tensor = input.Type?.TensorType;
        int type = tensor?.ElemType ?? 0;
        Require(
            type is OnnxType.Float or OnnxType.UInt8,
            $"its input '{input.Name}' is of type {OnnxType.Name(type)}; pixels as float32 or uint8 can be read, so export the model with one of them");
        (_constants, _name, _isOfBytes) = (constants, input.Name, type == OnnxType.UInt8);
        // The first size is that of the batch. Where a later one is not known, the first layer decides.
        if (tensor?.Shape?.Dim is { Count: >= 2 } dims && dims.Skip(1).All(d => d.DimValue > 0))
        {
            _pixels = dims.Skip(1).Aggregate(1.0, (product, d) => product * d.DimValue);
        }
    }

    /// <summary>Lets an operator that stands before the first layer make something of it.</summary>
    /// <param name="next">The operator.</param>
    /// <param name="at">What it must read.</param>
    /// <exception cref="BadDataException">What it makes is no longer a row of pixels for each image.</exception>
    public void Pass(OnnxOperator next, string at)
    {
        Require(next.Inputs.Count > 0 && next.Inputs[0] == at, $"{next} is not of the input");
        switch (next.Type)
        {
            case "Cast":
                next.RequireNoneBut("to", "saturate");
                Require(next.Number("to", 0) == OnnxType.Float, $"{next} is not to float32");
                _isCast = true;
                break;
            case "Flatten":
                next.RequireNoneBut("axis");
                Require(next.Number("axis", 1) == 1, $"{next} does not make one row of each image");
                break;
            default:
                Reshape(next);
                break;
        }
    }

    /// <summary>Makes sure that the first layer reads these pixels, as numbers from 0 to 1 in effect.</summary>
    /// <exception cref="BadDataException">It does not.</exception>
    public void RequireRead(OnnxOperator first, int inputs)
    {
        float scale = first.Fraction("alpha", 1);
        Require(!_isOfBytes || _isCast, $"{first} reads 8-bit pixels that were not cast to floats");
        Require(
            scale == OnnxType.PixelScale || (scale == 1 && !_isOfBytes), $"{first} multiplies by {scale}; only 8-bit pixels are scaled, by 1/255");
        Require(_pixels is null || _pixels == inputs, $"{first} reads {inputs} pixels, but the input '{_name}' has {_pixels}");
    }

    /// <summary>Rows last, batch first: [-1, pixels], [0, -1] and the like.</summary>
    private void Reshape(OnnxOperator next)
    {
        next.RequireNoneBut("allowzero");
        Require(next.Inputs.Count == 2, $"{next} has {next.Inputs.Count} inputs; a shape goes with what is shaped");
        long[] shape = _constants[next.Inputs[1]].Shape();
        Require(
            shape is [0 or 1, -1] or [>= -1, >= 1] && (shape[0] != 0 || next.Number("allowzero", 0) == 0),
            $"{next} has the shape [{string.Join(", ", shape.Take(8))}], which does not make one row of each image; [-1, pixels] does");
        if (shape[1] > 0)
        {
            Require(_pixels is null || _pixels == shape[1], $"{next} makes rows of {shape[1]}, but the input '{_name}' has {_pixels} pixels");
            _pixels = shape[1];
        }
    }
}
