using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NeuroHal.Lockstep.Recording;

/// <summary>
/// The file: a mark with the format's version, then blocks. A block is its kind (1 byte), the length of what it holds
/// (4 bytes, little-endian), what it holds, and a SHA-256 over all that and the checksum of the block before, so that no
/// block can be changed, lost, doubled or moved unnoticed. The first block says what was run, the last one that it is the last.
/// </summary>
internal static class RecordingFormat
{
    public const byte DescriptionBlock = 1;
    public const byte SuperstepBlock = 2;
    public const byte EndBlock = 3;
    public const int HeadBytes = 1 + sizeof(int);
    public const int ChecksumBytes = SHA256.HashSizeInBytes;

    /// <summary>The format's version is its last character.</summary>
    public static ReadOnlySpan<byte> Mark => "NHALREC1"u8;

    /// <summary>The checksum that the first block's continues.</summary>
    public static byte[] FirstChecksum => SHA256.HashData(Mark);

    public static byte[] Head(byte kind, int length)
    {
        var head = new byte[HeadBytes];
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), length);
        return head;
    }

    public static byte[] Checksum(byte[] before, byte[] head, byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(head);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
