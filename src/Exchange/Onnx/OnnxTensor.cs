using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using NeuroHal.Exchange.Onnx.Schema;
using static NeuroHal.Exchange.Onnx.OnnxRefusal;

namespace NeuroHal.Exchange.Onnx;

/// <summary>The elements of a constant.</summary>
internal static class OnnxTensor
{
    private const int InFile = 0;

    /// <summary>Elements that are 32-bit floats.</summary>
    /// <param name="tensor">The constant.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="BadDataException">They are not, or not in the file.</exception>
    public static float[] Floats(TensorProto tensor, string name)
    {
        Require(
            tensor.DataType == OnnxType.Float,
            $"'{name}' is of type {OnnxType.Name(tensor.DataType)}; only float32 can be represented, so export the model with 32-bit floats");
        return Elements(tensor, name, tensor.FloatData);
    }

    /// <summary>Elements that are whole numbers of 64 bits.</summary>
    /// <inheritdoc cref="Floats"/>
    public static long[] Integers(TensorProto tensor, string name)
    {
        Require(tensor.DataType == OnnxType.Int64, $"'{name}' is of type {OnnxType.Name(tensor.DataType)}; int64 can be read");
        return Elements(tensor, name, tensor.Int64Data);
    }

    private static T[] Elements<T>(TensorProto tensor, string name, RepeatedField<T> listed) where T : unmanaged
    {
        Require(
            tensor.DataLocation == InFile && tensor.ExternalData.Count == 0,
            $"'{name}' is kept in another file, which is not read; save the model with its weights inside (PyTorch: external_data=False)");
        if (!tensor.HasRawData)
        {
            return [.. listed];
        }
        ByteString raw = tensor.RawData;
        Require(listed.Count == 0, $"'{name}' has its elements twice");
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(raw.Span);
        Require(MemoryMarshal.AsBytes(elements).Length == raw.Length, $"'{name}' has {raw.Length} B, which are no whole elements");
        return elements.ToArray();
    }
}
