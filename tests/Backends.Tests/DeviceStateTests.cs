using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NeuroHal.Backends.Tests;

/// <summary>A checksum says that a state was not changed by chance. It does not say that it makes sense.</summary>
public sealed class DeviceStateTests
{
    // What comes before the numbers: a mark and whose state it is.
    private const int HeadBytes = sizeof(uint) + SHA256.HashSizeInBytes;

    [Theory]
    [InlineData("SpiNNaker2Emu")]
    [InlineData("ReferenceCpu")]
    public void A_state_with_too_few_or_too_many_numbers_is_refused(string backend)
    {
        IDevice device = Open(backend);
        byte[] body = device.SaveState().ToArray()[..^SHA256.HashSizeInBytes];
        foreach (byte[] changed in new byte[][] { body[..HeadBytes], body[..^8], [.. body, .. new byte[8]] })
        {
            string message = Assert.Throws<BadDataException>(() => device.RestoreState(Sealed(changed))).Message;
            Assert.Contains("numbers; one of", message, StringComparison.Ordinal);
        }
        device.RestoreState(Sealed(body));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void A_state_of_a_level_that_is_not_there_is_refused_and_changes_nothing(long level)
    {
        IDevice device = Open("SpiNNaker2Emu");
        byte[] good = device.SaveState().ToArray();
        // The fastest of three levels is the one number that is 2; it comes after the first core's clock.
        byte[] body = good[..^SHA256.HashSizeInBytes];
        int at = Enumerable.Range(0, (body.Length - HeadBytes) / 8).Select(i => HeadBytes + (i * 8))
            .First(i => BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(i)) == 2);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(at), level);
        Assert.Throws<BadDataException>(() => device.RestoreState(Sealed(body)));
        Assert.Equal(good, device.SaveState().ToArray());
    }

    [Fact]
    public void A_state_whose_counts_would_overflow_is_refused()
    {
        IDevice device = Open("SpiNNaker2Emu");
        byte[] body = device.SaveState().ToArray()[..^SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(body.Length - 8), long.MaxValue);
        Assert.Contains("counts and times are 0 to", Assert.Throws<BadDataException>(() => device.RestoreState(Sealed(body))).Message, StringComparison.Ordinal);
    }

    private static IDevice Open(string backend) => (backend == "ReferenceCpu" ? Backends.Cpu() : Backends.Emu()).Open(cores: 2);

    private static byte[] Sealed(byte[] body) => [.. body, .. SHA256.HashData(body)];
}
