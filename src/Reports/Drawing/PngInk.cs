using SkiaSharp;

namespace NeuroHal.Reports.Drawing;

/// <summary>Writes pictures as PNG, on white paper.</summary>
internal static class PngInk
{
    // As many pixels to a unit: sharp in print and in slides.
    private const float Scale = 2;

    /// <summary>Whether this host has fonts; without, pictures have no text.</summary>
    public static bool HasFonts => SKFontManager.Default.FontFamilyCount > 0;

    /// <summary>Writes a picture.</summary>
    public static void Write(Stream stream, Picture picture)
    {
        var size = new SKImageInfo((int)Math.Ceiling(picture.Width * Scale), (int)Math.Ceiling(picture.Height * Scale), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKSurface surface = SKSurface.Create(size) ?? throw new IOException($"A picture of {size.Width} x {size.Height} pixels cannot be drawn: out of memory.");
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(Colour(Ink.Paper, 1));
        canvas.Scale(Scale);
        foreach (Shape shape in picture.Shapes)
        {
            Draw(canvas, shape);
        }
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    private static void Draw(SKCanvas canvas, Shape shape)
    {
        using var paint = new SKPaint { IsAntialias = shape is Stroke or Label };
        switch (shape)
        {
            case Box box:
                paint.Color = Colour(box.Ink, box.Opacity);
                canvas.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
                break;
            case Cells cells:
                paint.Color = Colour(cells.Ink, cells.Opacity);
                foreach ((int column, int row) in cells.At)
                {
                    canvas.DrawRect(
                        (float)(cells.X + (column * cells.Width)), (float)(cells.Y + (row * cells.Height)), (float)cells.Width, (float)cells.Height, paint);
                }
                break;
            case Stroke stroke:
                Draw(canvas, stroke, paint);
                break;
            case Label label:
                paint.Color = Colour(label.Ink, 1);
                using (SKTypeface face = SKTypeface.FromFamilyName(null, label.Bold ? SKFontStyle.Bold : SKFontStyle.Normal))
                using (var font = new SKFont(face, (float)label.Size) { Subpixel = true })
                {
                    canvas.DrawText(label.Text, (float)label.X, (float)label.Y, label.Anchor switch
                    {
                        Anchor.Middle => SKTextAlign.Center,
                        Anchor.End => SKTextAlign.Right,
                        _ => SKTextAlign.Left,
                    }, font, paint);
                }
                break;
        }
    }

    private static void Draw(SKCanvas canvas, Stroke stroke, SKPaint paint)
    {
        paint.Color = Colour(stroke.Ink, 1);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = (float)stroke.Width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        paint.StrokeCap = SKStrokeCap.Round;
        using SKPathEffect? dashes = stroke.Dashed ? SKPathEffect.CreateDash([5, 5], 0) : null;
        paint.PathEffect = dashes;
        using var path = new SKPath();
        path.AddPoly([.. stroke.Points.Select(p => new SKPoint((float)p.X, (float)p.Y))], close: false);
        canvas.DrawPath(path, paint);
    }

    private static SKColor Colour(Ink ink, double opacity)
    {
        uint rgb = Palette.OnWhite(ink);
        return new SKColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb, (byte)Math.Round(255 * opacity));
    }
}
