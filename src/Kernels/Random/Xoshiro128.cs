namespace NeuroHal.Kernels;

/// <summary>
/// One stream of random words, xoshiro128++ 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", ACM TOMS 2021). Its four words of state live in SRAM; this is a view that advances them.
/// </summary>
public readonly ref struct Xoshiro128
{
    /// <summary>The words of state of one stream.</summary>
    public const int StateWords = 4;

    // Each word is drawn in vain with a chance below one half, so of a sound stream nobody ever sees so many.
    private const int MostInVain = 128;

    private readonly Span<uint> _state;

    /// <summary>A view of a stream.</summary>
    /// <param name="state"><see cref="StateWords"/> words, not all zero.</param>
    public Xoshiro128(Span<uint> state) => _state = state[..StateWords];

    /// <summary>The next word; advances the state.</summary>
    public uint Next()
    {
        Span<uint> s = _state;
        uint result = uint.RotateLeft(s[0] + s[3], 7) + s[0];
        uint t = s[1] << 9;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = uint.RotateLeft(s[3], 11);
        return result;
    }

    /// <summary>
    /// A number below <paramref name="bound"/>, each equally likely (Lemire, "Fast random integer generation in an
    /// interval", ACM TOMACS 2019).
    /// </summary>
    /// <param name="bound">At least 1.</param>
    /// <param name="words">Incremented by the words it took.</param>
    /// <exception cref="InvalidOperationException">The stream is stuck: its state was overwritten with zeros.</exception>
    public uint Below(uint bound, ref long words)
    {
        ulong product = (ulong)Next() * bound;
        words++;
        if ((uint)product < bound)
        {
            uint threshold = unchecked(0u - bound) % bound;
            for (int inVain = 0; (uint)product < threshold; inVain++)
            {
                if (inVain == MostInVain)
                {
                    throw new InvalidOperationException("the random stream is stuck");
                }
                product = (ulong)Next() * bound;
                words++;
            }
        }
        return (uint)(product >> 32);
    }
}
