namespace NeuroHal.Datasets.Digits;

/// <summary>
/// One sample's random numbers: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014), started from the seed and the sample's number.
/// </summary>
internal struct SampleRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    public SampleRandom(ulong seed, int sample) => _state = Mix(Mix(seed + Step) ^ (uint)sample);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * ((Next() >> 40) * (1f / (1 << 24))));

    /// <summary>A number within plus or minus <paramref name="reach"/>, more often near 0.</summary>
    public float Around(float reach) => Between(-reach, reach) * 0.5f + Between(-reach, reach) * 0.5f;

    private ulong Next()
    {
        _state += Step;
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
