using Google.Protobuf;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx.Schema;

namespace NeuroHal.Exchange.Onnx;

/// <summary>
/// Reads an ONNX model that is a network: a chain of <c>Gemm</c> or <c>MatMul</c> with no biases or zeros for them, a <c>Relu</c> after each but
/// the last, perhaps a <c>Cast</c>, <c>Flatten</c> or <c>Reshape</c> before and a <c>Softmax</c> after. Anything else is refused by name.
/// </summary>
public static class OnnxReader
{
    /// <summary>Reads a file's content. A float input is taken as pixels from 0 to 1, unless the first layer divides it by 255.</summary>
    /// <exception cref="BadDataException">It is no such model, or a damaged one; the message names what cannot be represented.</exception>
    public static NetworkSnapshot Read(ReadOnlyMemory<byte> file)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(file.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new BadDataException($"It is no ONNX model, or a damaged one: {PrintableLine.Of(e.Message)}", e);
        }
        return model.Graph is { Node.Count: > 0 } graph
            ? new OnnxChain(graph).Network()
            : throw new BadDataException("It is no ONNX model: it has no graph with operators.");
    }
}
