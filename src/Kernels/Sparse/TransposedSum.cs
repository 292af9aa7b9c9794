using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroHal.Kernels;

/// <summary>
/// Sums sixteen rows of L numbers, L = 4, 8 or 16, side by side: each step folds the rows' halves onto each other, as a
/// sum of one row alone would, and at the same time brings two rows into the place of one. Where the host has shuffles
/// that take from two registers, a fold is two of them and an addition.
/// </summary>
internal static class TransposedSum
{
    /// <summary>Adds the quarters of <see cref="Fours{TLanes, TRows}"/>, i = 0 to 3, to the sums of all rows, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> fours0, Vector512<float> fours1, Vector512<float> fours2, Vector512<float> fours3) =>
        Avx512F.IsSupported
            ? Of1(Of2(fours0, fours1), Of2(fours2, fours3))
            : By1(By2(fours0, fours2), By2(fours1, fours3));

    /// <summary>Rows i, i + 4, i + 8 and i + 12, each folded to four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fours<TLanes, TRows>(TRows rows, int i)
        where TLanes : struct, ILanes<TLanes>
        where TRows : ISixteen<TLanes>, allows ref struct => TLanes.Count switch
        {
            16 when Avx512F.IsSupported => Of4(
                Of8(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 4))),
                Of8(TLanes.Widen(rows.Row(i + 8)), TLanes.Widen(rows.Row(i + 12)))),
            16 => By4(
                By8(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 8))),
                By8(TLanes.Widen(rows.Row(i + 4)), TLanes.Widen(rows.Row(i + 12)))),
            8 when Avx512F.IsSupported => Of4(
                Eights(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 4))),
                Eights(TLanes.Widen(rows.Row(i + 8)), TLanes.Widen(rows.Row(i + 12)))),
            8 => By4(
                Eights(TLanes.Widen(rows.Row(i)), TLanes.Widen(rows.Row(i + 8))),
                Eights(TLanes.Widen(rows.Row(i + 4)), TLanes.Widen(rows.Row(i + 12)))),
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

    /// <summary>
    /// Adds neighbouring halves of 8 elements; the sums of <paramref name="a"/> are where the lower halves were, those of
    /// <paramref name="b"/> where the upper were.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> By8(Vector512<float> a, Vector512<float> b) =>
        a.WithUpper(b.GetLower()) + b.WithLower(a.GetUpper());

    /// <summary>The same with halves of 4 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> By4(Vector512<float> a, Vector512<float> b) => Fold(
        a,
        b,
        Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
        Vector512.Create(0, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0, -1, -1, -1, -1));

    /// <summary>The same with halves of 2 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> By2(Vector512<float> a, Vector512<float> b) => Fold(
        a,
        b,
        Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13),
        Vector512.Create(0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, -1));

    /// <summary>The same with single elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> By1(Vector512<float> a, Vector512<float> b) => Fold(
        a,
        b,
        Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14),
        Vector512.Create(0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1));

    /// <param name="a">Where its sums go, the lower halves are.</param>
    /// <param name="b">Where its sums go, the upper halves are.</param>
    /// <param name="swap">Exchanges neighbouring halves.</param>
    /// <param name="upper">Set in the upper halves.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fold(Vector512<float> a, Vector512<float> b, Vector512<int> swap, Vector512<int> upper) =>
        Vector512.ConditionalSelect(upper.AsSingle(), Vector512.Shuffle(b, swap), a)
        + Vector512.ConditionalSelect(upper.AsSingle(), b, Vector512.Shuffle(a, swap));
}

/// <summary>Sixteen rows of numbers, one register each.</summary>
internal interface ISixteen<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    TLanes Row(int i);
}
