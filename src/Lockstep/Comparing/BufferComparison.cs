using NeuroHal.Lockstep.Elements;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Comparing;

/// <summary>Finds where two contents of a buffer differ.</summary>
internal static class BufferComparison
{
    /// <summary>The first number that differs, and how many elements do; null where none does.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="expected">What it should hold.</param>
    /// <param name="actual">What it holds.</param>
    /// <param name="ulps">How far floating-point numbers may be apart; with 0 all must be the same bits.</param>
    public static (int Element, ElementField Field, int Differing)? Find(
        WatchedBuffer buffer, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, ulong ulps)
    {
        ElementLayout layout = buffer.Layout;
        (int Element, ElementField Field)? first = null;
        int differing = 0;
        for (int element = expected.CommonPrefixLength(actual) / layout.Size; element < buffer.Length; element++)
        {
            foreach (ElementField field in layout.Fields)
            {
                ReadOnlySpan<byte> should = layout.BytesOf(field, expected, element);
                ReadOnlySpan<byte> does = layout.BytesOf(field, actual, element);
                if (!should.SequenceEqual(does) && !(ulps > 0 && Scalar.UlpsBetween(field.Kind, should, does) <= ulps))
                {
                    first ??= (element, field);
                    differing++;
                    break;
                }
            }
        }
        return first is { } at ? (at.Element, at.Field, differing) : null;
    }
}
