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
