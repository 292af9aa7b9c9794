using MathNet.Numerics.Distributions;

namespace NeuroHal.Sweeps.Statistics;

/// <summary>A mean and how far it is to be trusted.</summary>
/// <param name="Count">The number of values, n.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="HalfWidth">
/// What the confidence interval reaches to either side of the mean: t(1 - (1 - confidence) / 2, n - 1) s / sqrt(n), by Student's distribution,
/// s the sample's standard deviation (n - 1 below). It holds for values that are drawn independently from a normal distribution. Null for one value.
/// </param>
public sealed record StudentInterval(int Count, double Mean, double? HalfWidth)
{
    /// <summary>The confidence that is meant where none is named.</summary>
    public const double Confidence = 0.95;

    /// <summary>That of some values.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static StudentInterval Of(IReadOnlyList<double> values, double confidence = Confidence)
    {
        int n = values.Count;
        double mean = n > 0 ? values.Average() : throw new ArgumentException("There is no mean of no values.", nameof(values));
        if (n == 1)
        {
            return new StudentInterval(1, mean, null);
        }
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        double t = StudentT.InvCDF(0, 1, n - 1, 1 - ((1 - confidence) / 2));
        return new StudentInterval(n, mean, t * deviation / Math.Sqrt(n));
    }
}
