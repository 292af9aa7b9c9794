using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuroHal.Lockstep.Elements;

/// <summary>Reads, prints and compares numbers that lie in memory as bytes, in the host's byte order.</summary>
internal static class Scalar
{
    /// <summary>The bytes such a number takes; 0 for raw bytes, which are as many as there are.</summary>
    public static int SizeOf(ScalarKind kind) => kind switch
    {
        ScalarKind.UInt8 or ScalarKind.Int8 => 1,
        ScalarKind.UInt16 or ScalarKind.Int16 => 2,
        ScalarKind.UInt32 or ScalarKind.Int32 or ScalarKind.Float32 => 4,
        ScalarKind.UInt64 or ScalarKind.Int64 or ScalarKind.Float64 => 8,
        _ => 0,
    };

    /// <summary>
    /// How many floating-point numbers lie between two, the second included; null where that says nothing: for integers,
    /// and where either is not a number.
    /// </summary>
    public static ulong? UlpsBetween(ScalarKind kind, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        switch (kind)
        {
            case ScalarKind.Float32:
                float x = MemoryMarshal.Read<float>(a), y = MemoryMarshal.Read<float>(b);
                return float.IsNaN(x) || float.IsNaN(y) ? null : Distance(Rank(x), Rank(y));
            case ScalarKind.Float64:
                double v = MemoryMarshal.Read<double>(a), w = MemoryMarshal.Read<double>(b);
                return double.IsNaN(v) || double.IsNaN(w) ? null : Distance(Rank(v), Rank(w));
            default:
                return null;
        }
    }

    /// <summary>The number as people read it; of floating-point ones the bits as well, which decimals hide.</summary>
    public static string Print(ScalarKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        ScalarKind.UInt8 => Text(MemoryMarshal.Read<byte>(bytes)),
        ScalarKind.Int8 => Text(MemoryMarshal.Read<sbyte>(bytes)),
        ScalarKind.UInt16 => Text(MemoryMarshal.Read<ushort>(bytes)),
        ScalarKind.Int16 => Text(MemoryMarshal.Read<short>(bytes)),
        ScalarKind.UInt32 => Text(MemoryMarshal.Read<uint>(bytes)),
        ScalarKind.Int32 => Text(MemoryMarshal.Read<int>(bytes)),
        ScalarKind.UInt64 => Text(MemoryMarshal.Read<ulong>(bytes)),
        ScalarKind.Int64 => Text(MemoryMarshal.Read<long>(bytes)),
        ScalarKind.Float32 => $"{Text(MemoryMarshal.Read<float>(bytes))} (0x{MemoryMarshal.Read<uint>(bytes):X8})",
        ScalarKind.Float64 => $"{Text(MemoryMarshal.Read<double>(bytes))} (0x{MemoryMarshal.Read<ulong>(bytes):X16})",
        _ => $"0x{Convert.ToHexString(bytes)}",
    };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    // Numbers in the order of their size, both zeros at 0.
    private static long Rank(float number) =>
        BitConverter.SingleToInt32Bits(number) is var bits && bits < 0 ? (long)int.MinValue - bits : bits;

    private static long Rank(double number) =>
        BitConverter.DoubleToInt64Bits(number) is var bits && bits < 0 ? long.MinValue - bits : bits;

    private static ulong Distance(long a, long b) => a > b ? (ulong)a - (ulong)b : (ulong)b - (ulong)a;
}
