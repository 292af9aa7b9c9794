using System.Runtime.CompilerServices;

namespace NeuroHal.Datasets.Digits;

/// <summary>Draws one digit.</summary>
/// <remarks>
/// What is called for every line or pixel is compiled to its best at once: a data set is drawn within half a second, mostly before
/// the runtime would come to that by itself.
/// </remarks>
internal static class DigitPainter
{
    private const int Size = DigitsDataset.Size;
    private const int StepsPerPoint = 5;

    /// <summary>Draws a digit onto black.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="random">Decides everything else.</param>
    /// <param name="image">28 x 28 pixels.</param>
    public static void Paint(int digit, ref SampleRandom random, Span<byte> image)
    {
        Span<float> canvas = stackalloc float[Size * Size];
        canvas.Clear();
        var warp = new Warp(ref random, stackalloc float[Warp.FieldLength]);
        float[][][] styles = DigitStrokes.All[digit];
        float[][] strokes = styles[random.Below(styles.Length)];
        float radius = random.Between(0.9f, 1.7f);
        foreach (float[] stroke in strokes)
        {
            Draw(stroke, warp, radius, canvas);
        }
        if (random.Below(6) == 0)
        {
            Clutter(ref random, canvas);
        }
        Expose(ref random, canvas, image);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(ReadOnlySpan<float> stroke, Warp warp, float radius, Span<float> canvas)
    {
        int points = stroke.Length / 2;
        (float x, float y) = warp.At(stroke[0], stroke[1]);
        for (int segment = 0; segment < points - 1; segment++)
        {
            for (int step = 1; step <= StepsPerPoint; step++)
            {
                float t = step * (1f / StepsPerPoint);
                (float nextX, float nextY) = warp.At(Spline(stroke, segment, t, 0), Spline(stroke, segment, t, 1));
                Line(x, y, nextX, nextY, radius, canvas);
                (x, y) = (nextX, nextY);
            }
        }
    }

    /// <summary>A Catmull-Rom spline through the points; one coordinate of it.</summary>
    private static float Spline(ReadOnlySpan<float> stroke, int segment, float t, int coordinate)
    {
        int last = (stroke.Length / 2) - 1;
        float before = stroke[(Math.Max(segment - 1, 0) * 2) + coordinate];
        float from = stroke[(segment * 2) + coordinate];
        float to = stroke[((segment + 1) * 2) + coordinate];
        float after = stroke[(Math.Min(segment + 2, last) * 2) + coordinate];
        float a = (3 * (from - to)) + after - before;
        float b = (2 * before) - (5 * from) + (4 * to) - after;
        return from + (0.5f * t * (to - before + (t * (b + (t * a)))));
    }

    /// <summary>A straight line with round ends, its edge one pixel soft; overlapping lines do not add up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line(float x0, float y0, float x1, float y1, float radius, Span<float> canvas)
    {
        float reach = radius + 0.5f;
        int left = Math.Max((int)(Math.Min(x0, x1) - reach), 0);
        int right = Math.Min((int)(Math.Max(x0, x1) + reach) + 1, Size - 1);
        int top = Math.Max((int)(Math.Min(y0, y1) - reach), 0);
        int bottom = Math.Min((int)(Math.Max(y0, y1) + reach) + 1, Size - 1);
        float dx = x1 - x0;
        float dy = y1 - y0;
        float perLength = 1 / Math.Max((dx * dx) + (dy * dy), 1e-6f);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                float t = Math.Clamp((((column - x0) * dx) + ((row - y0) * dy)) * perLength, 0, 1);
                float ex = column - x0 - (t * dx);
                float ey = row - y0 - (t * dy);
                float cover = Math.Clamp(reach - MathF.Sqrt((ex * ex) + (ey * ey)), 0, 1);
                ref float pixel = ref canvas[(row * Size) + column];
                pixel = Math.Max(pixel, cover);
            }
        }
    }

    /// <summary>A short line somewhere, as of a neighbouring word.</summary>
    private static void Clutter(ref SampleRandom random, Span<float> canvas)
    {
        float x = random.Between(0, Size);
        float y = random.Between(0, Size);
        Line(x, y, x + random.Between(-6, 6), y + random.Between(-6, 6), random.Between(0.4f, 1), canvas);
    }

    /// <summary>Ink of varying strength, grainy; a few specks on the paper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expose(ref SampleRandom random, Span<float> canvas, Span<byte> image)
    {
        float strength = random.Between(150, 255);
        for (int i = 0; i < image.Length; i++)
        {
            float ink = canvas[i] * strength;
            if (ink > 0)
            {
                ink += random.Around(40);
            }
            else if (random.Below(80) == 0)
            {
                ink = random.Between(0, 110);
            }
            image[i] = (byte)Math.Clamp(ink, 0, 255);
        }
    }
}
