namespace NeuroHal.Datasets.Digits;

/// <summary>
/// Where a point of the unit square comes to lie in the image: turned, sheared, scaled, shifted, and bent by a smooth
/// field of random displacements (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks",
/// ICDAR 2003). Only operations that IEEE 754 defines exactly, so that hosts agree.
/// </summary>
internal readonly ref struct Warp
{
    private const int Knots = 4;
    private const float Reach = 1.2f;

    private readonly Span<float> _field;
    private readonly float _xx;
    private readonly float _xy;
    private readonly float _yx;
    private readonly float _yy;
    private readonly float _x0;
    private readonly float _y0;

    /// <summary>The floats that a warp keeps its field in.</summary>
    public const int FieldLength = Knots * Knots * 2;

    public Warp(ref SampleRandom random, Span<float> field)
    {
        _field = field[..FieldLength];
        foreach (ref float displacement in _field)
        {
            displacement = random.Between(-Reach, Reach);
        }
        float t = random.Around(0.17f); // tan of half the angle, up to 19 degrees
        float cos = (1 - (t * t)) / (1 + (t * t));
        float sin = 2 * t / (1 + (t * t));
        float width = random.Between(12, 18.5f);
        float height = random.Between(15, 20.5f);
        float shear = random.Around(0.35f);
        _xx = cos * width;
        _xy = ((cos * shear) - sin) * height;
        _yx = sin * width;
        _yy = ((sin * shear) + cos) * height;
        _x0 = (DigitsDataset.Size / 2f) + random.Around(3.1f);
        _y0 = (DigitsDataset.Size / 2f) + random.Around(3.1f);
    }

    /// <summary>A point of the unit square in pixels.</summary>
    public (float X, float Y) At(float x, float y)
    {
        (float dx, float dy) = Displacement(x, y);
        float cx = x - 0.5f;
        float cy = y - 0.5f;
        return (_x0 + (cx * _xx) + (cy * _xy) + dx, _y0 + (cx * _yx) + (cy * _yy) + dy);
    }

    /// <summary>Between the knots of a coarse grid, smoothly in both directions.</summary>
    private (float X, float Y) Displacement(float x, float y)
    {
        float gx = Math.Clamp(x, 0, 1) * (Knots - 1);
        float gy = Math.Clamp(y, 0, 1) * (Knots - 1);
        int ix = Math.Min((int)gx, Knots - 2);
        int iy = Math.Min((int)gy, Knots - 2);
        float u = Smooth(gx - ix);
        float v = Smooth(gy - iy);
        int at = ((iy * Knots) + ix) * 2;
        return (Blend(at, u, v), Blend(at + 1, u, v));
    }

    private float Blend(int at, float u, float v)
    {
        float upper = (_field[at] * (1 - u)) + (_field[at + 2] * u);
        float lower = (_field[at + (2 * Knots)] * (1 - u)) + (_field[at + (2 * Knots) + 2] * u);
        return (upper * (1 - v)) + (lower * v);
    }

    private static float Smooth(float t) => t * t * (3 - (2 * t));
}
