namespace NeuroHal.Calibration.Cases;

/// <summary>Contents of buffers and sizes of shapes, drawn by a seed.</summary>
/// <param name="seed">The seed of a whole calibration.</param>
/// <param name="name">What it is for, so that each case has its own numbers, whichever others run.</param>
internal sealed class Contents(int seed, string name)
{
    private readonly Random _random = new(name.Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter)));

    /// <summary>A whole number from one to another, both included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public double Share() => _random.NextDouble();

    /// <summary>Numbers between -1 and 1, of which a share is negative.</summary>
    public float[] Signed(int count, double negative) =>
        [.. Enumerable.Range(0, count).Select(_ => (_random.NextDouble() < negative ? -1 : 1) * _random.NextSingle())];
}
