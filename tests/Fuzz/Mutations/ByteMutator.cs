using System.Buffers.Binary;

namespace NeuroHal.Fuzz.Mutations;

/// <summary>Damages bytes of which nothing is known: flips, cuts, doubles, swaps, splices, and numbers that are often wrong.</summary>
internal static class ByteMutator
{
    // Headers are where lengths are.
    private const int HeaderBytes = 64;
    private const int LongestPiece = 64;

    private static readonly long[] _numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 27, 28, 32, 64, 100, 127, 128, 255, 256, 784, 1000, 1024, 4096, 32_767, 32_768, 65_535, 65_536,
        1 << 20, 1 << 24, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue - 1, uint.MaxValue, 1L << 32, long.MaxValue,
        -1, -2, -128, short.MinValue, int.MinValue, long.MinValue,
    ];

    public static byte[] Mutate(byte[] input, Dice dice, IReadOnlyList<byte[]> seeds)
    {
        int at = dice.OneIn(2) ? dice.Below(Math.Min(HeaderBytes, input.Length)) : dice.Below(input.Length);
        int length = Math.Min(1 + dice.Below(dice.OneIn(4) ? input.Length : LongestPiece), input.Length - at);
        switch (dice.Below(12))
        {
            case 0 or 1 when input.Length > 0:
                byte[] flipped = [.. input];
                flipped[at] ^= (byte)(1 << dice.Below(8));
                return flipped;
            case 2 when input.Length > 0:
                byte[] replaced = [.. input];
                replaced[at] = (byte)dice.Next();
                return replaced;
            case 3 or 4:
                return Number(input, at, dice);
            case 5:
                return input[..at];
            case 6:
                return [.. input[..at], .. input[(at + length)..]];
            case 7:
                return [.. input[..(at + length)], .. input[at..]];
            case 8:
                return [.. input[..at], .. dice.Bytes(1 + dice.Below(LongestPiece)), .. input[at..]];
            case 9:
                byte[] other = dice.Pick(seeds);
                return [.. input[..at], .. other[dice.Below(other.Length)..]];
            case 10:
                byte[] filled = [.. input];
                filled.AsSpan(at, length).Fill((byte)(dice.OneIn(2) ? 0 : 0xFF));
                return filled;
            case 11:
                int from = dice.Below(input.Length);
                byte[] moved = [.. input];
                input.AsSpan(from, Math.Min(length, input.Length - Math.Max(from, at))).CopyTo(moved.AsSpan(at));
                return moved;
            default:
                return [.. input, .. dice.Bytes(1 + dice.Below(LongestPiece))];
        }
    }

    /// <summary>Puts a number where one may be, in either byte order and any width.</summary>
    private static byte[] Number(byte[] input, int at, Dice dice)
    {
        int width = 1 << dice.Below(4);
        at = dice.OneIn(4) ? at : at / width * width;
        if (at + width > input.Length)
        {
            return input;
        }
        byte[] result = [.. input];
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = dice.Pick(_numbers) + (dice.OneIn(4) ? dice.Below(3) - 1 : 0);
        if (dice.OneIn(2))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number[..width].CopyTo(result.AsSpan(at));
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number[^width..].CopyTo(result.AsSpan(at));
        }
        return result;
    }
}
