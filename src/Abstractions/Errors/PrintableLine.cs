using System.Globalization;
using System.Text;

namespace NeuroHal;

/// <summary>
/// Text from outside (a name in a file, a setting, another library's message) as one line that a terminal may be given:
/// nothing in it moves the cursor, colours, turns the direction of writing or begins another line.
/// </summary>
public static class PrintableLine
{
    // Of what is longer the middle is left out: at the ends are what is wrong and what to do.
    private const int Longest = 4000;

    private const int Head = 3000;
    private const string Gap = " [...] ";

    /// <summary>The text, with line breaks and tabs as spaces and all else that cannot be seen as <c>\u001b</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text itself where there is nothing to change.</returns>
    public static string Of(string text)
    {
        // Before, so that a text without end costs no more than it gives; after, because what is replaced grows.
        text = Cut(text);
        for (int i = 0; i < text.Length; i += Width(text, i))
        {
            if (Replacement(text, i) is not null)
            {
                return Cut(Replaced(text));
            }
        }
        return text;
    }

    private static string Cut(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }
        int head = char.IsHighSurrogate(text[Head - 1]) ? Head - 1 : Head;
        int tail = text.Length - (Longest - Head - Gap.Length);
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(char.IsLowSurrogate(text[tail]) ? tail + 1 : tail));
    }

    private static string Replaced(string text)
    {
        var line = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i += Width(text, i))
        {
            if (Replacement(text, i) is not { } replacement)
            {
                line.Append(text, i, Width(text, i));
            }
            else if (replacement != " " || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(replacement);
            }
        }
        return line.ToString();
    }

    private static int Width(string text, int at) => Rune.TryGetRuneAt(text, at, out Rune rune) ? rune.Utf16SequenceLength : 1;

    private static string? Replacement(string text, int at)
    {
        char c = text[at];
        if (c is >= ' ' and <= '~')
        {
            return null;
        }
        if (c is '\r' or '\n' or '\t' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029')
        {
            return " ";
        }
        bool halfCharacter = !Rune.TryGetRuneAt(text, at, out _);
        // Format characters turn the direction of writing, or cannot be seen at all.
        return halfCharacter || CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.Control or UnicodeCategory.Format
            ? string.Concat(text.AsSpan(at, Width(text, at)).ToArray().Select(u => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)u:x4}")))
            : null;
    }
}
