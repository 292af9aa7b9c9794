using System.Numerics;

namespace NeuroHal.Conformance.Trials;

/// <summary>
/// Sixteen streams of xoshiro128++ 1.0 (Blackman and Vigna, ACM TOMS 2021), one after the other, written from the
/// publication: what the random kernels' numbers are to be.
/// </summary>
/// <param name="state">All first words, all second words, and so on.</param>
internal sealed class Generator(uint[] state)
{
    private const int Streams = 16;
    private const int BytesPerNormal = 12;

    /// <summary>The state now.</summary>
    public uint[] State { get; } = [.. state];

    /// <summary>Numbers from [0, 1), the upper 24 bits of a word each.</summary>
    public float[] Uniforms(int count) => Blocks<float>(count, () => [.. Words().Select(w => (w >> 8) / (float)(1 << 24))]);

    /// <summary>The sums of twelve uniform bytes, less their mean, over their deviation.</summary>
    public double[] Normals(int count) => Blocks<double>(count, () =>
    {
        uint[][] words = [Words(), Words(), Words()];
        double mean = BytesPerNormal * 255 / 2.0;
        double deviation = Math.Sqrt(BytesPerNormal * ((256.0 * 256) - 1) / 12);
        return [.. Enumerable.Range(0, Streams).Select(i => (words.Sum(w => ByteSum(w[i])) - mean) / deviation)];
    });

    private static int ByteSum(uint word) => BitConverter.GetBytes(word).Sum(b => b);

    /// <summary>A block always comes whole; of the last one only the beginning is used.</summary>
    private static T[] Blocks<T>(int count, Func<T[]> block)
    {
        var numbers = new List<T>();
        while (numbers.Count < count)
        {
            numbers.AddRange(block());
        }
        return [.. numbers.Take(count)];
    }

    private uint[] Words() => [.. Enumerable.Range(0, Streams).Select(Word)];

    private uint Word(int stream)
    {
        ref uint s0 = ref State[stream];
        ref uint s1 = ref State[Streams + stream];
        ref uint s2 = ref State[(2 * Streams) + stream];
        ref uint s3 = ref State[(3 * Streams) + stream];
        uint result = BitOperations.RotateLeft(s0 + s3, 7) + s0;
        uint t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 11);
        return result;
    }
}
