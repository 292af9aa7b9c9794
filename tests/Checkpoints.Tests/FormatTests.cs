using System.Security.Cryptography;
using CsCheck;

namespace NeuroHal.Checkpoints.Tests;

/// <summary>What is read is what was written, or a typed error of one line.</summary>
public sealed class FormatTests
{
    private static Gen<Checkpoint> Checkpoints { get; } = Gen.Select(
        Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 100], (run, algorithm, device) => new Checkpoint(run, algorithm, device));

    [Fact]
    public void What_is_written_is_read() => Checkpoints.Sample(written =>
    {
        Checkpoint read = CheckpointFormat.Read(Bytes(written));
        Assert.Equal(written.Run.ToArray(), read.Run.ToArray());
        Assert.Equal(written.Algorithm.ToArray(), read.Algorithm.ToArray());
        Assert.Equal(written.Device.ToArray(), read.Device.ToArray());
    });

    [Fact]
    public void Every_damaged_byte_is_found() => Checkpoints.Sample(
        checkpoint =>
        {
            byte[] bytes = Bytes(checkpoint);
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] ^= (byte)(1 << (at % 8));
                RequireBad(bytes);
                bytes[at] ^= (byte)(1 << (at % 8));
            }
        },
        iter: 20);

    [Fact]
    public void Every_cut_and_everything_that_follows_is_found() => Checkpoints.Sample(
        checkpoint =>
        {
            byte[] bytes = Bytes(checkpoint);
            for (int length = 0; length < bytes.Length; length++)
            {
                RequireBad(bytes[..length]);
            }
            RequireBad([.. bytes, 0]);
        },
        iter: 20);

    [Fact]
    public void No_length_is_trusted_even_where_the_checksum_holds() => Gen.Select(Checkpoints, Gen.Int[0, 400], Gen.Byte[1, 255]).Sample((checkpoint, at, change) =>
    {
        byte[] body = Bytes(checkpoint)[..^SHA256.HashSizeInBytes];
        body[8 + (at % (body.Length - 8))] ^= change;
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            CheckpointFormat.Read(Sealed(body));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
        catch (BadDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    });

    [Fact]
    public void A_newer_version_says_so_and_is_not_taken_for_damage()
    {
        byte[] body = Bytes(new Checkpoint(new byte[1], new byte[2], new byte[3]))[..^SHA256.HashSizeInBytes];
        body[8] = CheckpointFormat.Version + 1;
        NewerCheckpointException e = Assert.Throws<NewerCheckpointException>(() => CheckpointFormat.Read(Sealed(body)));
        Assert.Equal(2, e.Version);
        Assert.Contains("use the program that wrote it", e.Message, StringComparison.Ordinal);
    }

    internal static byte[] Bytes(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        CheckpointFormat.Write(stream, checkpoint);
        return stream.ToArray();
    }

    private static byte[] Sealed(byte[] body) => [.. body, .. SHA256.HashData(body)];

    private static void RequireBad(byte[] bytes)
    {
        BadDataException e = Assert.Throws<BadDataException>(() => CheckpointFormat.Read(bytes));
        Assert.DoesNotContain('\n', e.Message);
    }
}
