using CsCheck;
using NeuroHal.Exchange.Images;
using SkiaSharp;

namespace NeuroHal.Exchange.Tests;

/// <summary>Pictures as a network sees them.</summary>
public sealed class ImageTests
{
    private const int Side = 28;

    [Fact]
    public void A_grey_picture_of_the_right_size_that_is_light_on_dark_is_taken_as_it_is() => Gen.Byte[0, 100].Array[Side * Side].Sample(
        pixels =>
        {
            NetworkImage image = NetworkImage.Of(Png(Side, Side, i => new SKColor(pixels[i], pixels[i], pixels[i])), Side, null);
            Assert.Equal(pixels, image.Pixels.ToArray());
            Assert.Equal(["its edge is dark, so not inverted"], image.Steps);
        },
        iter: 20, threads: 1);

    [Fact]
    public void One_that_is_dark_on_light_is_inverted_and_so_is_one_by_request()
    {
        PngImage paper = Png(Side, Side, i => i == 400 ? SKColors.Black : SKColors.White);
        NetworkImage told = NetworkImage.Of(paper, Side, null);
        Assert.Equal(["its edge is light, so inverted"], told.Steps);
        Assert.Equal((255, 0), (told.Pixels.Span[400], told.Pixels.Span[0]));
        NetworkImage kept = NetworkImage.Of(paper, Side, false);
        Assert.Equal(["not inverted, as asked"], kept.Steps);
        Assert.Equal((0, 255), (kept.Pixels.Span[400], kept.Pixels.Span[0]));
        Assert.Equal(["inverted, as asked"], NetworkImage.Of(Png(Side, Side, _ => SKColors.Black), Side, true).Steps);
    }

    [Fact]
    public void Of_what_is_no_picture_only_the_beginning_is_read()
    {
        using var folder = new ScratchFolder();
        byte[] digit = Bytes(Side, Side, i => i % 3 == 0 ? SKColors.White : SKColors.Black);
        string file = folder.File("digit.png");
        File.WriteAllBytes(file, digit);
        Assert.Equal(PngImage.Read(digit).Rgba.ToArray(), PngImage.ReadFile(file).Rgba.ToArray());
        File.WriteAllBytes(file, digit[..6]);
        Assert.Throws<BadDataException>(() => PngImage.ReadFile(file));
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no /dev/zero.");
        Assert.Throws<BadDataException>(() => PngImage.ReadFile("/dev/zero")); // it never ends
    }

    [Fact]
    public void Colours_become_grey_by_how_bright_they_look()
    {
        NetworkImage image = NetworkImage.Of(
            Png(Side, Side, i => i switch { 100 => SKColors.Red, 200 => SKColors.Lime, 300 => SKColors.Blue, _ => SKColors.Black }), Side, null);
        Assert.Equal("colours taken as grey", image.Steps[0]);
        Assert.Equal(new byte[] { 77, 149, 29 }, new[] { image.Pixels.Span[100], image.Pixels.Span[200], image.Pixels.Span[300] });
    }

    [Theory]
    [InlineData(0, "laid on white, as it is not opaque", 255)]
    [InlineData(255, "laid on black, as it is not opaque", 255)]
    public void What_is_not_opaque_lies_on_what_its_drawing_stands_out_from(byte ink, string step, byte seen)
    {
        NetworkImage image = NetworkImage.Of(Png(Side, Side, i => i == 400 ? new SKColor(ink, ink, ink) : SKColors.Transparent), Side, null);
        Assert.Contains(step, image.Steps);
        Assert.Equal((seen, 0), (image.Pixels.Span[400], image.Pixels.Span[0]));
    }

    [Theory]
    [InlineData(280, 280, "resized from 280 x 280 to 28 x 28, amid 28 x 28")]
    [InlineData(14, 14, "resized from 14 x 14 to 28 x 28, amid 28 x 28")]
    [InlineData(100, 50, "resized from 100 x 50 to 28 x 14, amid 28 x 28")]
    [InlineData(1, 2000, "resized from 1 x 2000 to 1 x 28, amid 28 x 28")]
    public void Another_size_is_scaled_into_the_square_and_the_rest_is_dark(int width, int height, string step)
    {
        NetworkImage image = NetworkImage.Of(Png(width, height, _ => new SKColor(100, 100, 100)), Side, null);
        Assert.Contains(step, image.Steps);
        (int wide, int high) = width > height ? (28, 28 * height / width) : (Math.Max(1, 28 * width / height), 28);
        byte[] pixels = image.Pixels.ToArray();
        Assert.Equal(wide * high, pixels.Count(p => p is > 90 and < 110));
        Assert.Equal((Side * Side) - (wide * high), pixels.Count(p => p == 0));
    }

    [Fact]
    public void Every_cut_of_a_file_and_what_is_none_is_refused()
    {
        byte[] file = Bytes(Side, Side, i => new SKColor((byte)i, 0, 0));
        for (int length = 0; length < file.Length - 40; length += 3) // the last bytes are checksums, and a chunk that holds nothing
        {
            Assert.Throws<BadDataException>(() => PngImage.Read(file.AsMemory(0, length)));
        }
        using var bitmap = new SKBitmap(8, 8);
        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        Assert.Contains("no PNG file", Assert.Throws<BadDataException>(() => PngImage.Read(jpeg.ToArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8192, 8192, "up to 4194304")]
    [InlineData(2048, 2048, "more than")]
    public void Sizes_that_cannot_be_are_refused_before_memory_is_taken(int width, int height, string why)
    {
        byte[] file = Bytes(Side, Side, _ => SKColors.Black);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Checksum(file.AsSpan(12, 17)));
        Assert.Contains(why, Assert.Throws<BadDataException>(() => PngImage.Read(file)).Message, StringComparison.Ordinal);
    }

    private static PngImage Png(int width, int height, Func<int, SKColor> colour) => PngImage.Read(Bytes(width, height, colour));

    private static byte[] Bytes(int width, int height, Func<int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, colour(i));
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

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
}
