namespace NeuroHal.Conformance.Trials;

/// <summary>
/// What floating-point results are to be: sums in double precision, and how far single precision may be from them in whatever
/// order it adds. Each operation rounds by at most 2^-24 of what it gives, which is no more than the sum of absolute terms.
/// </summary>
/// <param name="what">What the results are, for messages.</param>
/// <param name="length">How many there are.</param>
/// <param name="lanes">Results of one element that lie side by side.</param>
internal sealed class Sums(string what, int length, int lanes = 1)
{
    /// <summary>What one rounding is, relative to the number rounded.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    private readonly double[] _sum = new double[length];
    private readonly double[] _absolute = new double[length];
    private readonly double[] _slack = new double[length];
    private readonly int[] _terms = new int[length];

    /// <summary>Adds a term to a sum.</summary>
    public void Add(int element, double term)
    {
        _sum[element] += term;
        _absolute[element] += Math.Abs(term);
        _terms[element] += term == 0 ? 0 : 1;
    }

    /// <summary>Allows for an error that terms came with.</summary>
    public void Allow(int element, double error) => _slack[element] += error;

    /// <summary>Expects each result within its bound.</summary>
    /// <param name="actual">The results.</param>
    /// <param name="more">Roundings of each term and each sum besides one for each term.</param>
    public void ExpectNear(ReadOnlySpan<float> actual, int more)
    {
        for (int i = 0; i < length; i++)
        {
            double bound = ((_terms[i] + more) * Rounding * _absolute[i]) + _slack[i];
            // Written so that a NaN is refused.
            bool close = Math.Abs(actual[i] - _sum[i]) <= bound;
            string lane = lanes > 1 ? $", lane {i % lanes}" : "";
            Expect.That(
                close, $"{what} {i / lanes}{lane}: expected {_sum[i]:R}, got {actual[i]:R}, bound {bound:G3} ({_terms[i]} terms)");
        }
    }
}
