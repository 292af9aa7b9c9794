using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange.C;

/// <summary>What a network's code in C computes: its constants, and its sums of any image on this host.</summary>
public sealed class CArithmetic
{
    // What the kernels multiply sums over pixels from 0 to 255 by.
    internal const float PixelScale = 1f / 255;

    /// <summary>Prepares a network.</summary>
    /// <exception cref="BadArgumentException">The network holds what is no finite number.</exception>
    public CArithmetic(NetworkSnapshot network, CWeights weights = CWeights.Float32)
    {
        int bad = network.Layers.Index().Where(l => l.Item.Connections.Any(c => !float.IsFinite(c.Theta))).Select(l => l.Index + 1).FirstOrDefault();
        if (bad > 0)
        {
            throw new BadArgumentException($"Layer {bad} holds an amplitude that is no finite number; such a network cannot be exported to C.");
        }
        Weights = weights;
        CLayer[] layers = [.. network.Layers.Select(l => weights == CWeights.Int8 ? CLayer.Quantized(l) : CLayer.Of(l))];
        layers[0] = layers[0] with { Scale = layers[0].Scale * PixelScale ?? PixelScale };
        Layers = layers;
    }

    /// <summary>What weights are.</summary>
    public CWeights Weights { get; }

    /// <summary>Connections in all; fewer than the network's where some came to 0.</summary>
    public int Connections => Layers.Sum(l => l.Columns.Length);

    internal IReadOnlyList<CLayer> Layers { get; }

    /// <summary>The sums of the last layer, as the code computes them where there is a fused multiply-add.</summary>
    /// <param name="pixels">An image, 0 to 255.</param>
    public float[] Sums(ReadOnlySpan<byte> pixels)
    {
        var values = new float[pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i];
        }
        for (int i = 0; i < Layers.Count; i++)
        {
            values = Layers[i].Sums(values);
            if (i < Layers.Count - 1)
            {
                // Not Math.Max, which has other zeros.
                foreach (ref float value in values.AsSpan())
                {
                    value = value < 0 ? 0 : value;
                }
            }
        }
        return values;
    }

    /// <summary>The class of sums: of equal ones the first.</summary>
    public static int Class(float[] sums) => Array.IndexOf(sums, sums.Max());

    /// <summary>The share of images that get the class of their label.</summary>
    public double Accuracy(SampleSet images)
    {
        int right = 0;
        for (int i = 0; i < images.Count; i++)
        {
            right += Class(Sums(images.PixelsOf(i))) == images.Labels.Span[i] ? 1 : 0;
        }
        return (double)right / images.Count;
    }
}
