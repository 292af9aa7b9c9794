using System.Globalization;

namespace NeuroHal.Exchange.Onnx;

/// <summary>What a model is refused with.</summary>
internal static class OnnxRefusal
{
    /// <summary>Refuses a model unless something holds.</summary>
    /// <param name="holds">What must hold.</param>
    /// <param name="otherwise">What is wrong and, where that is not plain, what to do.</param>
    /// <exception cref="BadDataException">It does not hold.</exception>
    public static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new BadDataException(
                $"The ONNX model cannot be read as a network: {PrintableLine.Of(otherwise.ToString(CultureInfo.InvariantCulture))}.");
        }
    }
}
