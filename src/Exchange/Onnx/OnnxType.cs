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

    private static readonly string[] _names =
    [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double", "uint32", "uint64",
        "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4", "float4e2m1",
    ];

    /// <summary>What a type of elements is called.</summary>
    public static string Name(int type) => type >= 0 && type < _names.Length ? _names[type] : $"number {type}, which is not known here";
}
