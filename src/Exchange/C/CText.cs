using System.Globalization;

namespace NeuroHal.Exchange.C;

/// <summary>Numbers, tables and comments as C has them.</summary>
internal static class CText
{
    public static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>A comment of a sentence and what else is to be known.</summary>
    public static IEnumerable<string> Title(string sentence, IEnumerable<KeyValuePair<string, string>> metadata) =>
        [$"/* {Comment(sentence)}", .. metadata.Select(m => $"   {Comment(m.Key)}: {Comment(m.Value)}"), "*/"];

    public static string Table(IEnumerable<string> items) => string.Concat(items.Chunk(12).Select(line => $"    {string.Join(", ", line)},\n"));

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Shortest digits that are this number and no other; compilers round them back to it.</summary>
    public static string Of(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? $"{digits}f" : $"{digits}.0f";
    }

    private static string Comment(string text) =>
        new string([.. PrintableLine.Of(text).Select(c => char.IsAscii(c) ? c : '?')]).Replace("*/", "* /", StringComparison.Ordinal).Replace("/*", "/ *", StringComparison.Ordinal);
}
