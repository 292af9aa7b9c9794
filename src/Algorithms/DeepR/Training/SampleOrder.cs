using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// The order in which an epoch goes through its samples: a permutation computed position by position, so that it needs
/// no memory on the core. A Feistel network over the next power of four, stepping on while it lands outside (Black and
/// Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
/// </summary>
internal readonly struct SampleOrder
{
    private const int Rounds = 4;

    private readonly ulong _key;
    private readonly int _count;
    private readonly int _halfBits;

    public SampleOrder(ulong seed, int epoch, int count)
    {
        _key = RandomSeed.Mix(RandomSeed.Mix(seed) + (ulong)epoch);
        _count = count;
        while (1L << (2 * _halfBits) < count)
        {
            _halfBits++;
        }
    }

    /// <summary>The sample at a position; every sample is at exactly one.</summary>
    public int this[int position]
    {
        get
        {
            ulong value = (ulong)position;
            do
            {
                value = Permute(value);
            }
            while (value >= (ulong)_count);
            return (int)value;
        }
    }

    /// <summary>
    /// By how many bytes to read the sample at a position too late, for it to move by up to <paramref name="most"/> pixels
    /// to the left or right and up or down, each way equally likely.
    /// </summary>
    /// <param name="position">The position in the epoch.</param>
    /// <param name="most">At least 1.</param>
    /// <param name="width">The bytes of a row.</param>
    public int Move(int position, int most, int width)
    {
        ulong word = RandomSeed.Mix(~_key + (ulong)position);
        uint ways = (2 * (uint)most) + 1;
        int right = (int)(((word & uint.MaxValue) * ways) >> 32) - most;
        int down = (int)(((word >> 32) * ways) >> 32) - most;
        return (down * width) + right;
    }

    private ulong Permute(ulong value)
    {
        ulong mask = (1UL << _halfBits) - 1;
        ulong left = value >> _halfBits;
        ulong right = value & mask;
        for (int round = 0; round < Rounds; round++)
        {
            ulong next = left ^ (RandomSeed.Mix(_key + (right << 3) + (ulong)round) & mask);
            left = right;
            right = next;
        }
        return (left << _halfBits) | right;
    }
}
