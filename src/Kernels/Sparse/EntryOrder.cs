using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// From where each of sixteen entries is taken, so that gaps between entries close or open: looked up by where the gaps are, eight at
/// a time, so that no entry costs a branch, on any host.
/// </summary>
internal static class EntryOrder
{
    private const int Eight = 8;
    private const ulong EachByte = 0x0101010101010101;

    private static readonly ulong[] _close = [.. Enumerable.Range(0, 1 << Eight).Select(Close)];
    private static readonly ulong[] _open = [.. Enumerable.Range(0, 1 << Eight).Select(Open)];

    /// <summary>Those that stay, one behind the other; what comes behind them is anything.</summary>
    /// <param name="stay">A bit for each of sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToClose(uint stay)
    {
        ulong low = _close[(int)(stay & byte.MaxValue)];
        ulong high = _close[(int)(stay >> Eight)] + (EachByte * Eight);
        int behind = BitOperations.PopCount(stay & byte.MaxValue) * (Eight / 2); // half of the bits to shift by, which may be all 64
        int before = (Eight * (Eight / 2)) - behind;
        return Vector128.Create(low | (high << behind << behind), high >> before >> before).AsByte();
    }

    /// <summary>One after the other to where there is no gap; what goes into a gap is anything.</summary>
    /// <param name="gaps">A bit for each of sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToOpen(uint gaps)
    {
        int taken = Eight - BitOperations.PopCount(gaps & byte.MaxValue);
        return Vector128.Create(_open[(int)(gaps & byte.MaxValue)], _open[(int)(gaps >> Eight)] + (EachByte * (ulong)taken)).AsByte();
    }

    private static ulong Close(int stay)
    {
        ulong order = 0;
        for (int at = 0; stay != 0; stay &= stay - 1, at++)
        {
            order |= (ulong)BitOperations.TrailingZeroCount(stay) << (at * Eight);
        }
        return order;
    }

    private static ulong Open(int gaps)
    {
        ulong order = 0;
        for (int at = 0, next = 0; at < Eight; at++)
        {
            if ((gaps >> at & 1) == 0)
            {
                order |= (ulong)next++ << (at * Eight);
            }
        }
        return order;
    }
}
