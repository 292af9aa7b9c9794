namespace NeuroHal.Kernels;

/// <summary>Makes initial states for random streams out of a run's seed.</summary>
public static class RandomSeed
{
    /// <summary>
    /// The words of state for as many streams as fit. Different seeds, cores and purposes give unrelated streams.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="core">The core the streams are for.</param>
    /// <param name="purpose">Tells the streams of one core from each other.</param>
    /// <param name="words">The number of words, a multiple of <see cref="Xoshiro128.StateWords"/>.</param>
    public static uint[] Expand(ulong seed, int core, int purpose, int words)
    {
        ulong state = Mix(seed) ^ Mix(((ulong)(uint)core << 32) | (uint)purpose | (1UL << 63));
        var result = new uint[words];
        for (int i = 0; i < words; i++)
        {
            state += 0x9E3779B97F4A7C15;
            result[i] = (uint)(Mix(state) >> 32);
        }
        return result;
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
