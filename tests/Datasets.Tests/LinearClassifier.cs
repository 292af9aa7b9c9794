namespace NeuroHal.Datasets.Tests;

/// <summary>Softmax regression on the pixels, by plain stochastic gradient descent: what a set is worth without hidden layers.</summary>
internal static class LinearClassifier
{
    private const int Epochs = 6;

    /// <summary>The test accuracy after training.</summary>
    public static double Accuracy(Dataset set)
    {
        int pixels = set.Train.Rows * set.Train.Columns;
        var weights = new float[set.Classes][];
        for (int c = 0; c < set.Classes; c++)
        {
            weights[c] = new float[pixels + 1];
        }
        Span<float> outputs = stackalloc float[set.Classes];
        Span<int> places = stackalloc int[pixels];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            float rate = 0.02f / (1 + epoch);
            for (int i = 0; i < set.Train.Count; i++)
            {
                ReadOnlySpan<byte> image = set.Train.Pixels.Span.Slice(i * pixels, pixels);
                ReadOnlySpan<int> inked = Inked(image, places);
                Evaluate(weights, image, inked, outputs);
                Learn(weights, image, inked, outputs, set.Train.Labels.Span[i], rate);
            }
        }
        int right = 0;
        for (int i = 0; i < set.Test.Count; i++)
        {
            ReadOnlySpan<byte> image = set.Test.Pixels.Span.Slice(i * pixels, pixels);
            Evaluate(weights, image, Inked(image, places), outputs);
            right += Strongest(outputs) == set.Test.Labels.Span[i] ? 1 : 0;
        }
        return (double)right / set.Test.Count;
    }

    /// <summary>Where an image is not black: the rest neither adds to a sum nor is learnt from.</summary>
    private static ReadOnlySpan<int> Inked(ReadOnlySpan<byte> image, Span<int> places)
    {
        int count = 0;
        for (int p = 0; p < image.Length; p++)
        {
            if (image[p] != 0)
            {
                places[count++] = p;
            }
        }
        return places[..count];
    }

    private static void Evaluate(float[][] weights, ReadOnlySpan<byte> image, ReadOnlySpan<int> inked, Span<float> outputs)
    {
        for (int c = 0; c < outputs.Length; c++)
        {
            float sum = weights[c][^1];
            foreach (int p in inked)
            {
                sum += weights[c][p] * image[p];
            }
            outputs[c] = sum;
        }
    }

    private static void Learn(float[][] weights, ReadOnlySpan<byte> image, ReadOnlySpan<int> inked, Span<float> outputs, int label, float rate)
    {
        Softmax(outputs);
        for (int c = 0; c < outputs.Length; c++)
        {
            float step = rate * ((c == label ? 1 : 0) - outputs[c]);
            weights[c][^1] += step;
            foreach (int p in inked)
            {
                weights[c][p] += step * image[p] * (1f / (255 * 255));
            }
        }
    }

    private static void Softmax(Span<float> outputs)
    {
        float most = outputs[Strongest(outputs)];
        float sum = 0;
        foreach (ref float output in outputs)
        {
            output = MathF.Exp(output - most);
            sum += output;
        }
        foreach (ref float output in outputs)
        {
            output /= sum;
        }
    }

    private static int Strongest(ReadOnlySpan<float> outputs)
    {
        int strongest = 0;
        for (int c = 1; c < outputs.Length; c++)
        {
            strongest = outputs[c] > outputs[strongest] ? c : strongest;
        }
        return strongest;
    }
}
