namespace NeuroHal.Conformance.Trials;

/// <summary>Random numbers for a trial, the same on every run and every host (SplitMix64).</summary>
/// <param name="seed">Which of the sequences.</param>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public uint Word()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }

    public uint[] Words(int count) => Many(count, Word);

    /// <summary>A number from one to another, both included.</summary>
    public int Between(int least, int most) => least + (int)((ulong)Word() * (ulong)(most - least + 1) >> 32);

    public bool OneIn(int n) => Between(1, n) == 1;

    /// <summary>A number within [-reach, reach), every eighth 0.</summary>
    public float Number(float reach = 1) => OneIn(8) ? 0 : (((Word() >> 8) / (float)(1 << 23)) - 1) * reach;

    public float[] Numbers(int count, float reach = 1) => Many(count, () => Number(reach));

    public byte[] Bytes(int count) => Many(count, () => OneIn(4) ? (byte)0 : (byte)Word());

    /// <summary>A layer's input of either kind.</summary>
    public T[] Inputs<T>(int count) where T : struct =>
        typeof(T) == typeof(byte) ? (T[])(object)Bytes(count) : (T[])(object)Numbers(count);

    private static T[] Many<T>(int count, Func<T> one)
    {
        var many = new T[count];
        for (int i = 0; i < count; i++)
        {
            many[i] = one();
        }
        return many;
    }
}
