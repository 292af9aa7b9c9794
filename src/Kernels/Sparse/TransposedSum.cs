using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal.Kernels;

/// <summary>
/// Sums rows of L numbers, L = 4, 8 or 16, side by side: each step folds the rows' halves onto each other, as a sum of one row alone
/// would, and at the same time brings two rows into the place of one. A fold is two shuffles that take from two registers, and an
/// addition. Sixteen rows at once where the host has registers of 512 bits, else four, each folded to four numbers before.
/// </summary>
internal static class TransposedSum
{
    /// <summary>The sums of four rows of four numbers, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> ab = Lower(a, b) + Upper(a, b);
        Vector128<float> cd = Lower(c, d) + Upper(c, d);
        return Even(ab, cd) + Odd(ab, cd);
    }

    /// <summary>Adds the quarters of <see cref="Fours{TLanes, TRows}"/>, i = 0 to 3, to the sums of all rows, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> fours0, Vector512<float> fours1, Vector512<float> fours2, Vector512<float> fours3) =>
        Of1(Of2(fours0, fours1), Of2(fours2, fours3));

    /// <summary>Rows i, i + 4, i + 8 and i + 12, each folded to four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fours<TLanes, TRows>(TRows rows, nuint i)
        where TLanes : struct, ILanes<TLanes>
        where TRows : ISixteen<TLanes>, allows ref struct => TLanes.Count switch
        {
            16 => Of4(
                Of8(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 4))),
                Of8(TLanes.Widen(rows.Row(i + 8)), TLanes.Widen(rows.Row(i + 12)))),
            8 => Of4(
                Eights(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 4))),
                Eights(TLanes.Widen(rows.Row(i + 8)), TLanes.Widen(rows.Row(i + 12)))),
            _ => Eights(
                Quarters(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 4))),
                Quarters(TLanes.Widen(rows.Row(i + 8)), TLanes.Widen(rows.Row(i + 12)))),
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Eights(Vector512<float> a, Vector512<float> b) => a.WithUpper(b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(Vector512<float> a, Vector512<float> b) =>
        a.GetLower().WithUpper(b.GetLower().GetLower()).ToVector512Unsafe();

    /// <summary>Adds halves of 8 elements: the sums of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of8(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);

    /// <summary>Adds neighbouring halves of 4 elements: the sums of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of4(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle4x128(a, b, 0b10_00_10_00) + Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);

    /// <summary>Adds neighbouring halves of 2 elements: of each four, those of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of2(Vector512<float> a, Vector512<float> b) =>
        Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).AsSingle() + Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).AsSingle();

    /// <summary>Adds neighbouring elements: of each four, those of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of1(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle(a, b, 0b10_00_10_00) + Avx512F.Shuffle(a, b, 0b11_01_11_01);

    /// <summary>Lower halves of two, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lower(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b) : Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Upper(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a) : Vector128.Create(a.GetUpper(), b.GetUpper());

    /// <summary>Even places of two, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Even(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0b10_00_10_00)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(a, b)
        : Vector128.Create(a[0], a[2], b[0], b[2]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Odd(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0b11_01_11_01)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipOdd(a, b)
        : Vector128.Create(a[1], a[3], b[1], b[3]);
}

/// <summary>Sixteen rows of numbers, one register each.</summary>
internal interface ISixteen<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    TLanes Row(nuint i);
}
