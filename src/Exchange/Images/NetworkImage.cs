using SkiaSharp;

namespace NeuroHal.Exchange.Images;

/// <summary>A picture as a network trained on MNIST's kind of images sees one: grey, square, light on dark.</summary>
/// <param name="Pixels">[rows][columns], 0 for dark.</param>
/// <param name="Steps">What was done to the picture, in words.</param>
public sealed record NetworkImage(ReadOnlyMemory<byte> Pixels, IReadOnlyList<string> Steps)
{
    private const int Middle = 127;

    /// <summary>Makes one of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="side">The pixels in a row, and in a column.</param>
    /// <param name="invert">Whether it is dark on light; null to tell that by its edge.</param>
    public static NetworkImage Of(PngImage picture, int side, bool? invert)
    {
        var steps = new List<string>();
        byte[] grey = Grey(picture, steps);
        bool dark = invert ?? EdgeMean(grey, picture.Width, picture.Height) > Middle;
        if (dark)
        {
            grey = [.. grey.Select(p => (byte)(byte.MaxValue - p))];
        }
        steps.Add((dark, invert) switch
        {
            (true, null) => "its edge is light, so inverted",
            (true, _) => "inverted, as asked",
            (false, null) => "its edge is dark, so not inverted",
            (false, _) => "not inverted, as asked",
        });
        if (picture.Width == side && picture.Height == side)
        {
            return new NetworkImage(grey, steps);
        }
        double scale = (double)side / Math.Max(picture.Width, picture.Height);
        (int width, int height) = (Scaled(picture.Width, scale), Scaled(picture.Height, scale));
        steps.Add($"resized from {picture.Width} x {picture.Height} to {width} x {height}, amid {side} x {side}");
        return new NetworkImage(Centred(Resized(grey, picture.Width, picture.Height, width, height), width, height, side), steps);
    }

    /// <summary>Luma after ITU-R BT.601; what is not opaque lies on the shade that its drawing stands out from.</summary>
    private static byte[] Grey(PngImage picture, List<string> steps)
    {
        ReadOnlySpan<byte> rgba = picture.Rgba.Span;
        var grey = new byte[rgba.Length / 4];
        bool colour = false;
        long opacity = 0;
        long light = 0;
        for (int i = 0; i < grey.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(4 * i, 4);
            colour |= pixel[0] != pixel[1] || pixel[1] != pixel[2];
            grey[i] = (byte)(((77 * pixel[0]) + (150 * pixel[1]) + (29 * pixel[2]) + 128) >> 8);
            opacity += pixel[3];
            light += grey[i] * pixel[3];
        }
        if (colour)
        {
            steps.Add("colours taken as grey");
        }
        if (opacity == (long)byte.MaxValue * grey.Length)
        {
            return grey;
        }
        int ground = light > Middle * opacity ? 0 : byte.MaxValue;
        steps.Add($"laid on {(ground == 0 ? "black" : "white")}, as it is not opaque");
        for (int i = 0; i < grey.Length; i++)
        {
            int alpha = rgba[(4 * i) + 3];
            grey[i] = (byte)(((grey[i] * alpha) + (ground * (byte.MaxValue - alpha)) + Middle) / byte.MaxValue);
        }
        return grey;
    }

    private static double EdgeMean(byte[] grey, int width, int height) => Enumerable.Range(0, grey.Length)
        .Where(i => i / width == 0 || i / width == height - 1 || i % width == 0 || i % width == width - 1)
        .Average(i => (double)grey[i]);

    private static int Scaled(int size, double scale) => Math.Max(1, (int)Math.Round(size * scale));

    private static byte[] Resized(byte[] grey, int width, int height, int newWidth, int newHeight)
    {
        using var from = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        for (int row = 0; row < height; row++)
        {
            grey.AsSpan(row * width, width).CopyTo(from.GetPixelSpan().Slice(row * from.RowBytes, width));
        }
        using SKBitmap to = from.Resize(
            new SKImageInfo(newWidth, newHeight, SKColorType.Gray8, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var resized = new byte[newWidth * newHeight];
        for (int row = 0; row < newHeight; row++)
        {
            to.GetPixelSpan().Slice(row * to.RowBytes, newWidth).CopyTo(resized.AsSpan(row * newWidth));
        }
        return resized;
    }

    private static byte[] Centred(byte[] pixels, int width, int height, int side)
    {
        var all = new byte[side * side];
        (int left, int top) = ((side - width) / 2, (side - height) / 2);
        for (int row = 0; row < height; row++)
        {
            pixels.AsSpan(row * width, width).CopyTo(all.AsSpan(((top + row) * side) + left));
        }
        return all;
    }
}
