using System.Buffers.Binary;
using NeuroHal.Exchange.Images;
using SkiaSharp;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A picture, and what a network is to see of it.</summary>
internal sealed class PngReader : FuzzedReader
{
    private const int Signature = 8;
    private const int AroundContent = 12; // length, name and checksum of a chunk

    private readonly bool _sealed;

    private PngReader(bool isSealed)
    {
        _sealed = isSealed;
        Seeds = [Picture(28, 28, SKColorType.Gray8), Picture(40, 30, SKColorType.Rgba8888), Picture(3, 50, SKColorType.Rgb888x), Picture(1, 1, SKColorType.Gray8)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    // The most pixels that are read, as colours and as grey.
    public override long FreeBytes => 40 << 20;

    /// <summary>As damage is found: by the checksums of its chunks.</summary>
    public static PngReader Unsealed(string folder) => Of(folder, isSealed: false);

    /// <summary>With checksums that are good again.</summary>
    public static PngReader Sealed(string folder) => Of(folder, isSealed: true);

    public override IEnumerable<string> Read(byte[] input) =>
        NetworkImage.Of(PngImage.Read(input), 28, input.Length % 3 == 0 ? true : null).Steps;

    protected override byte[] Seal(byte[] input)
    {
        if (!_sealed)
        {
            return input;
        }
        byte[] mended = [.. input];
        for (long at = Signature; at + AroundContent <= mended.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(mended.AsSpan((int)at));
            if (at + AroundContent + length > mended.Length)
            {
                break;
            }
            Span<byte> covered = mended.AsSpan((int)at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(mended.AsSpan((int)at + 8 + (int)length), Checksum(covered));
            at += AroundContent + length;
        }
        return mended;
    }

    /// <summary>CRC-32 as PNG has it, bit by bit.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }
        return ~crc;
    }

    private static PngReader Of(string folder, bool isSealed)
    {
        _ = folder;
        return new PngReader(isSealed);
    }

    private static byte[] Picture(int width, int height, SKColorType type)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type, type == SKColorType.Rgba8888 ? SKAlphaType.Unpremul : SKAlphaType.Opaque));
        for (int i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, new SKColor((byte)(i * 7), (byte)(i * 11), (byte)(i * 13), (byte)(255 - (i % 90))));
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
