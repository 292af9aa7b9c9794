using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NeuroHal;

/// <summary>
/// A device's state as bytes: whose it is, some numbers, and a checksum, so that a damaged or foreign state is told
/// from a good one. Backends use it for <see cref="IDevice.SaveState"/>.
/// </summary>
public static class StateBlob
{
    private const uint Magic = 0x3142534E; // "NSB1": the format's version is its last character

    /// <summary>Packs numbers.</summary>
    /// <param name="owner">Which device this is the state of: backend, version, profile, cores.</param>
    /// <param name="words">The state.</param>
    public static byte[] Pack(string owner, ReadOnlySpan<long> words)
    {
        var all = new byte[sizeof(uint) + OwnerBytes + (words.Length * sizeof(long)) + SHA256.HashSizeInBytes];
        Span<byte> body = all.AsSpan(0, all.Length - SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(body, Magic);
        Hash(owner).CopyTo(body[sizeof(uint)..]);
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body[(sizeof(uint) + OwnerBytes + (i * sizeof(long)))..], words[i]);
        }
        SHA256.HashData(body, all.AsSpan(body.Length));
        return all;
    }

    /// <summary>Unpacks numbers.</summary>
    /// <exception cref="BadDataException">The state is damaged, of another version or of another owner.</exception>
    public static long[] Unpack(string owner, ReadOnlyMemory<byte> state)
    {
        ReadOnlySpan<byte> bytes = state.Span;
        int bodyLength = bytes.Length - SHA256.HashSizeInBytes;
        int words = (bodyLength - sizeof(uint) - OwnerBytes) / sizeof(long);
        if (words < 0 || !SHA256.HashData(bytes[..bodyLength]).AsSpan().SequenceEqual(bytes[bodyLength..]))
        {
            throw new BadDataException($"The device state is damaged ({bytes.Length} bytes, checksum wrong).");
        }
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || !bytes.Slice(sizeof(uint), OwnerBytes).SequenceEqual(Hash(owner)))
        {
            throw new BadDataException($"The device state is not one of {owner}.");
        }
        var result = new long[words];
        for (int i = 0; i < words; i++)
        {
            result[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(sizeof(uint) + OwnerBytes + (i * sizeof(long)))..]);
        }
        return result;
    }

    private const int OwnerBytes = SHA256.HashSizeInBytes;

    private static byte[] Hash(string owner) => SHA256.HashData(Encoding.UTF8.GetBytes(owner));
}
