using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NeuroHal.Checkpoints;

/// <summary>
/// A checkpoint as bytes: the mark <c>NHALCKPT</c>, the format's version (32 bit), then the run's, the algorithm's and the device's
/// part, each as its length (64 bit) and its bytes; last the SHA-256 of all that. Numbers are little-endian. The mark, the version's
/// place and the checksum at the end stay in every version, so that a damaged file is told from a newer one.
/// </summary>
public static class CheckpointFormat
{
    /// <summary>The version that is written, and the latest that is read.</summary>
    public const int Version = 1;

    private const int HeadBytes = 8 + sizeof(int);
    private const int Parts = 3;

    private static ReadOnlySpan<byte> Mark => "NHALCKPT"u8;

    /// <summary>Writes a checkpoint.</summary>
    public static void Write(Stream to, Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[HeadBytes];
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Mark.Length), Version);
        Append(head);
        foreach (ReadOnlyMemory<byte> part in new[] { checkpoint.Run, checkpoint.Algorithm, checkpoint.Device })
        {
            var length = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
            Append(length);
            Append(part.Span);
        }
        to.Write(hash.GetHashAndReset());

        void Append(ReadOnlySpan<byte> bytes)
        {
            to.Write(bytes);
            hash.AppendData(bytes);
        }
    }

    /// <summary>Reads a checkpoint; its parts are slices of the bytes given.</summary>
    /// <exception cref="NewerCheckpointException">A later version of the program wrote it.</exception>
    /// <exception cref="BadDataException">It is damaged, or no checkpoint.</exception>
    public static Checkpoint Read(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> all = bytes.Span;
        if (all.Length < Mark.Length || !all[..Mark.Length].SequenceEqual(Mark))
        {
            throw new BadDataException(all.IsEmpty ? "The checkpoint is empty." : "This is no checkpoint: it does not begin as one.");
        }
        int end = all.Length - SHA256.HashSizeInBytes;
        if (end < HeadBytes || !SHA256.HashData(all[..end]).AsSpan().SequenceEqual(all[end..]))
        {
            throw new BadDataException($"The checkpoint is damaged: the checksum does not hold for its {all.Length} bytes.");
        }
        int version = BinaryPrimitives.ReadInt32LittleEndian(all[Mark.Length..]);
        if (version != Version)
        {
            throw version > Version
                ? new NewerCheckpointException(version, Version)
                : new BadDataException($"The checkpoint has version {version} of the format, which there never was.");
        }
        var parts = new ReadOnlyMemory<byte>[Parts];
        int at = HeadBytes;
        for (int i = 0; i < Parts; i++)
        {
            long length = end - at < sizeof(long) ? -1 : BinaryPrimitives.ReadInt64LittleEndian(all[at..]);
            if (length < 0 || length > end - at - sizeof(long))
            {
                throw new BadDataException($"The checkpoint is malformed: part {i + 1} of {Parts} does not fit into its {all.Length} bytes.");
            }
            parts[i] = bytes.Slice(at + sizeof(long), (int)length);
            at += sizeof(long) + (int)length;
        }
        return at == end
            ? new Checkpoint(parts[0], parts[1], parts[2])
            : throw new BadDataException($"The checkpoint is malformed: {end - at} bytes follow its last part.");
    }
}
