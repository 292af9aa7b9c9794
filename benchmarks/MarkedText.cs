namespace NeuroHal.Benchmarks;

/// <summary>A document in which marks say where figures go: <c>begin NAME</c> and <c>end NAME</c>, each in a comment of its own.</summary>
internal static class MarkedText
{
    /// <summary>Replaces what stands between a mark's beginning and its end.</summary>
    /// <exception cref="BadDataException">The document has no such mark.</exception>
    public static string Replace(string document, string text, string mark, string by)
    {
        (string begin, string end) = ($"<!-- begin {mark} -->", $"<!-- end {mark} -->");
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = text.IndexOf(end, StringComparison.Ordinal);
        return from >= 0 && to > from
            ? $"{text[..(from + begin.Length)]}\n{by}\n{text[to..]}"
            : throw new BadDataException($"{document} has no place '{begin}' to '{end}' for the figures.");
    }
}
