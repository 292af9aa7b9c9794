using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// Exponential and logarithm from additions, multiplications and divisions only, which IEEE 754 defines to the last
/// bit: the library functions differ between hosts, these do not.
/// </summary>
public static class Elementary
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f; // few bits, so that n * Ln2High is exact
    private const float Ln2Low = -2.12194440e-4f; // ln 2 - Ln2High
    private const float Smallest = -87.3f; // below, the result would be subnormal
    private const float Largest = 88.7f;
    private const int MantissaBits = 23;
    private const int ExponentBias = 127;

    /// <summary>
    /// e to the power x, to about two units in the last place for results that are normal numbers; below e^-87.3 it
    /// gives e^-87.3. Taylor series of degree 7 after reduction to |r| at most ln 2 / 2, where its error is 5e-9.
    /// </summary>
    public static float Exp(float x)
    {
        x = Math.Clamp(x, Smallest, Largest);
        float n = MathF.Round(x * Log2E);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, x);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
        float p = 1f / 5040;
        p = MathF.FusedMultiplyAdd(p, r, 1f / 720);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 120);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 24);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 6);
        p = MathF.FusedMultiplyAdd(p, r, 0.5f);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        return p * BitConverter.Int32BitsToSingle(((int)n + ExponentBias) << MantissaBits);
    }

    /// <summary>The same of sixteen numbers, to the same bits.</summary>
    internal static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Smallest)), Vector512.Create(Largest));
        Vector512<float> n = Vector512.Round(x * Log2E);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return p * ((Vector512.ConvertToInt32(n) + Vector512.Create(ExponentBias)) << MantissaBits).AsSingle();
    }

    /// <summary>
    /// The natural logarithm of a positive normal number, to about two units in the last place: the series of
    /// 2 artanh((m - 1) / (m + 1)) for the mantissa m within [sqrt(1/2), sqrt(2)), plus the exponent's share.
    /// </summary>
    public static float Log(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        const int SqrtHalf = 0x3F3504F3;
        int exponent = (bits - SqrtHalf) >> MantissaBits;
        float m = BitConverter.Int32BitsToSingle(bits - (exponent << MantissaBits));
        float s = (m - 1) / (m + 1);
        float s2 = s * s;
        float p = 2f / 9;
        p = MathF.FusedMultiplyAdd(p, s2, 2f / 7);
        p = MathF.FusedMultiplyAdd(p, s2, 2f / 5);
        p = MathF.FusedMultiplyAdd(p, s2, 2f / 3);
        float tail = MathF.FusedMultiplyAdd(p * s2, s, exponent * Ln2Low);
        return MathF.FusedMultiplyAdd(exponent, Ln2High, MathF.FusedMultiplyAdd(2, s, tail));
    }
}
