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

    public bool Either() => _random.Next(2) == 1;

    public T Pick<T>(params ReadOnlySpan<T> from) => from[_random.Next(from.Length)];

    public ulong Seed() => (ulong)_random.NextInt64();

    /// <summary>Numbers between -1 and 1, of which a share is negative.</summary>
    public float[] Signed(int count, double negative) =>
        [.. Enumerable.Range(0, count).Select(_ => (_random.NextDouble() < negative ? -1 : 1) * _random.NextSingle())];

    /// <summary>Numbers between 0 and 1 as a ReLU leaves them, a share of them zero.</summary>
    public float[] Activations(int count, double zero) =>
        [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() < zero ? 0 : 1 - _random.NextSingle())];

    /// <summary>Numbers between -1 and 1, a share of them zero.</summary>
    public float[] Errors(int count, double zero) =>
        [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() < zero ? 0 : (_random.NextSingle() * 2) - 1)];

    /// <summary>Pixels, a share of them dark.</summary>
    public byte[] Pixels(int count, double zero) =>
        [.. Enumerable.Range(0, count).Select(_ => (byte)(_random.NextDouble() < zero ? 0 : _random.Next(1, 256)))];

    /// <summary>Samples with a label each.</summary>
    public byte[] Records(int samples, int pixels, int classes) =>
        [.. Enumerable.Range(0, samples).SelectMany(_ => (byte[])[.. Pixels(pixels, 0.8), (byte)_random.Next(classes)])];
}
