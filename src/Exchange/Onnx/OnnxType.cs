namespace NeuroHal.Exchange.Onnx;

/// <summary>ONNX's numbers of types of elements (TensorProto.DataType) and of attributes (AttributeProto.AttributeType).</summary>
internal static class OnnxType
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int64 = 7;

    public const int FractionAttribute = 1;
    public const int NumberAttribute = 2;

    /// <summary>What sums over pixels from 0 to 255 are multiplied by; the kernels do the same.</summary>
    public const float PixelScale = 1f / 255;
}
