using SkiaSharp;

namespace NeuroHal.Exchange.Images;

/// <summary>A picture as it was drawn: red, green, blue and opacity, 8 bit each.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgba">[rows][columns][4]; colours are not multiplied by opacity.</param>
public sealed record PngImage(int Width, int Height, ReadOnlyMemory<byte> Rgba)
{
    // What a digit is drawn or photographed in; more is a picture of something else.
    private const int MostPixels = 1 << 22;

    // Deflate's best is 1,032 to 1, and a pixel takes a bit at least.
    private const long MostCompression = 1032;

    // As many pixels of 16 bits in four channels, stored as they are, and twice over.
    private const int MostBytes = 1 << 26;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Reads a PNG file, and of what is none no more than its beginning.</summary>
    /// <exception cref="BadDataException">As of <see cref="Read"/>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PngImage ReadFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[Signature.Length];
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || !bytes.AsSpan().SequenceEqual(Signature))
        {
            throw new BadDataException("It is no PNG file, or a damaged one.");
        }
        // A pipe has no length.
        Array.Resize(ref bytes, file.CanSeek ? (int)Math.Clamp(file.Length, Signature.Length, MostBytes) : MostBytes);
        int length = Signature.Length + file.ReadAtLeast(bytes.AsSpan(Signature.Length), bytes.Length - Signature.Length, throwOnEndOfStream: false);
        return Read(bytes.AsMemory(0, length));
    }

    /// <summary>Reads a PNG file's content: grey, colour or palette, with or without opacity, of any depth.</summary>
    /// <exception cref="BadDataException">It is no PNG file, is damaged, or has more than 4,194,304 pixels.</exception>
    public static PngImage Read(ReadOnlyMemory<byte> file)
    {
        using var data = SKData.CreateCopy(file.Span);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            throw new BadDataException("It is no PNG file, or a damaged one.");
        }
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
        {
            throw new BadDataException($"It is to have {width} x {height} pixels; up to {MostPixels} in all can be read.");
        }
        if ((long)height * ((width + 7) / 8) > file.Length * MostCompression)
        {
            throw new BadDataException($"It is to have {width} x {height} pixels, more than {file.Length} B can hold.");
        }
        var rgba = new byte[4 * width * height];
        SKCodecResult result;
        unsafe
        {
            fixed (byte* to = rgba)
            {
                result = codec.GetPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), (nint)to);
            }
        }
        return result == SKCodecResult.Success
            ? new PngImage(width, height, rgba)
            : throw new BadDataException($"It is a damaged PNG file ({result}).");
    }
}
