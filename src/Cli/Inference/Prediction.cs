using NeuroHal.Kernels;

namespace NeuroHal.Cli.Inference;

/// <summary>What a network says to an image.</summary>
/// <param name="Class">The class of the highest sum; of equal ones the first.</param>
/// <param name="Probabilities">By class: the softmax of the sums, computed by the host as the kernels compute it.</param>
internal sealed record Prediction(int Class, IReadOnlyList<float> Probabilities)
{
    public static Prediction Of(float[] sums)
    {
        float largest = sums.Max();
        float[] parts = [.. sums.Select(s => Elementary.Exp(s - largest))];
        float share = 1 / parts.Aggregate(0f, (total, part) => total + part);
        return new Prediction(Array.IndexOf(sums, largest), [.. parts.Select(p => p * share)]);
    }
}
