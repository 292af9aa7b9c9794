using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Sixteen xoshiro128++ streams side by side, which give random words and normals sixteen at a time: one vector
/// instruction on a wide host, one after the other on a small core, the same numbers on both. The state,
/// <see cref="StateWords"/> words, lives in SRAM and is kept in registers while this view lives; call
/// <see cref="Save"/> at the end.
/// </summary>
public ref struct RandomStreams
{
    /// <summary>The numbers in one block.</summary>
    public const int Block = 16;

    /// <summary>The words of state of all streams: first words, second words, and so on.</summary>
    public const int StateWords = Block * Xoshiro128.StateWords;

    /// <summary>The random words behind one normal.</summary>
    public const int WordsPerNormal = 3;

    // Sum of 12 bytes: mean 12 * 127.5, variance 12 * (256^2 - 1) / 12 = 65535.
    private const int Mean = 1530;
    private const float PerDeviation = 1f / 255.998047f;

    private readonly Span<uint> _state;
    private Vector512<uint> _s0;
    private Vector512<uint> _s1;
    private Vector512<uint> _s2;
    private Vector512<uint> _s3;

    /// <summary>A view of the streams.</summary>
    /// <param name="state"><see cref="StateWords"/> words.</param>
    public RandomStreams(Span<uint> state)
    {
        _state = state[..StateWords];
        _s0 = Vector512.Create<uint>(_state);
        _s1 = Vector512.Create<uint>(_state[Block..]);
        _s2 = Vector512.Create<uint>(_state[(2 * Block)..]);
        _s3 = Vector512.Create<uint>(_state[(3 * Block)..]);
    }

    /// <summary>A random word from each stream.</summary>
    public Vector512<uint> NextWords()
    {
        Vector512<uint> sum = _s0 + _s3;
        Vector512<uint> result = (sum << 7 | sum >>> 25) + _s0;
        Vector512<uint> t = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = _s3 << 11 | _s3 >>> 21;
        return result;
    }

    /// <summary>
    /// A standard normal from each stream, as the sum of twelve uniform bytes (Irwin-Hall): mean 0, deviation 1, excess
    /// kurtosis -0.1, never beyond 5.98. On the Cortex-M4 that is three words and three USADA8 instructions.
    /// </summary>
    public Vector512<float> NextNormals()
    {
        Vector512<uint> pairs = BytePairs(NextWords()) + BytePairs(NextWords()) + BytePairs(NextWords());
        Vector512<uint> sum = (pairs & Vector512.Create(0xFFFFu)) + (pairs >>> 16);
        return Vector512.ConvertToSingle(sum.AsInt32() - Vector512.Create(Mean)) * Vector512.Create(PerDeviation);
    }

    /// <summary>Writes the advanced state back.</summary>
    public readonly void Save()
    {
        _s0.CopyTo(_state);
        _s1.CopyTo(_state[Block..]);
        _s2.CopyTo(_state[(2 * Block)..]);
        _s3.CopyTo(_state[(3 * Block)..]);
    }

    private static Vector512<uint> BytePairs(Vector512<uint> words)
    {
        Vector512<uint> mask = Vector512.Create(0x00FF00FFu);
        return (words & mask) + ((words >>> 8) & mask);
    }
}
