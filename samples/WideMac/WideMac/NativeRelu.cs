using NeuroHal;
using NeuroHal.Kernels;

namespace WideMac;

/// <summary>The array's output stage clips what is negative.</summary>
internal static class NativeRelu
{
    /// <returns>The values looked at.</returns>
    public static int Run(Relu kernel, SramView sram)
    {
        Span<float> values = sram.Span(kernel.Values);
        foreach (ref float value in values)
        {
            if (value < 0)
            {
                value = 0;
            }
        }
        return values.Length;
    }
}
