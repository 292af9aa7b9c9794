namespace NeuroHal.Fuzz.Mutations;

/// <summary>Random numbers that are the same for a seed on every host and runtime (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice of one input of a campaign, so that any of them can be thrown again without those before it.</summary>
    public static Dice Of(ulong seed, string reader, long input)
    {
        ulong mixed = seed;
        foreach (char c in reader)
        {
            mixed = (mixed ^ c) * 0x100000001B3; // FNV-1a
        }
        return new Dice(new Dice(mixed ^ ((ulong)input * 0x9E3779B97F4A7C15)).Next());
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => bound <= 1 ? 0 : (int)(Next() % (ulong)bound);

    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }
        return bytes;
    }
}
