using System.Runtime.CompilerServices;
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
    public Vector512<uint> NextWords() => NextWords(ref _s0, ref _s1, ref _s2, ref _s3);

    /// <summary>
    /// A standard normal from each stream, as the sum of twelve uniform bytes (Irwin-Hall): mean 0, deviation 1, excess
    /// kurtosis -0.1, never beyond 5.98. On the Cortex-M4 that is three words and three USADA8 instructions.
    /// </summary>
    public Vector512<float> NextNormals() => NextNormals(ref _s0, ref _s1, ref _s2, ref _s3);

    /// <summary>The least multiple of <see cref="Block"/> that holds so many numbers.</summary>
    public static int WholeBlocks(int count) => (count + Block - 1) & -Block;

    /// <summary>Fills whole blocks with standard normals and writes the advanced state back.</summary>
    /// <param name="normals">Its length is a multiple of <see cref="Block"/>.</param>
    [MethodImpl(HotLoop.Options)]
    public void FillNormals(Span<float> normals)
    {
        // Locals, which stay in registers.
        (Vector512<uint> s0, Vector512<uint> s1, Vector512<uint> s2, Vector512<uint> s3) = (_s0, _s1, _s2, _s3);
        for (int i = 0; i < normals.Length; i += Block)
        {
            NextNormals(ref s0, ref s1, ref s2, ref s3).CopyTo(normals[i..]);
        }
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
        Save();
    }

    /// <summary>Writes the advanced state back.</summary>
    public readonly void Save()
    {
        _s0.CopyTo(_state);
        _s1.CopyTo(_state[Block..]);
        _s2.CopyTo(_state[(2 * Block)..]);
        _s3.CopyTo(_state[(3 * Block)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> NextWords(
        ref Vector512<uint> s0, ref Vector512<uint> s1, ref Vector512<uint> s2, ref Vector512<uint> s3)
    {
        Vector512<uint> sum = s0 + s3;
        Vector512<uint> result = (sum << 7 | sum >>> 25) + s0;
        Vector512<uint> t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = s3 << 11 | s3 >>> 21;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> NextNormals(
        ref Vector512<uint> s0, ref Vector512<uint> s1, ref Vector512<uint> s2, ref Vector512<uint> s3)
    {
        Vector512<uint> pairs = BytePairs(NextWords(ref s0, ref s1, ref s2, ref s3))
            + BytePairs(NextWords(ref s0, ref s1, ref s2, ref s3))
            + BytePairs(NextWords(ref s0, ref s1, ref s2, ref s3));
        Vector512<uint> sum = (pairs & Vector512.Create(0xFFFFu)) + (pairs >>> 16);
        return Vector512.ConvertToSingle(sum.AsInt32() - Vector512.Create(Mean)) * Vector512.Create(PerDeviation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> BytePairs(Vector512<uint> words)
    {
        Vector512<uint> mask = Vector512.Create(0x00FF00FFu);
        return (words & mask) + ((words >>> 8) & mask);
    }
}
