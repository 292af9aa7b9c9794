using System.Text;

namespace NeuroHal.Fuzz.Mutations;

/// <summary>Values that readers of text trip over.</summary>
internal static class Fragments
{
    // Deeper than any stack that is not guarded.
    private const int Deep = 20_000;

    /// <summary>As plain text.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "", " ", "0", "1", "-1", "+1", " 1 ", "-0", "00", "0x10", "1_000", "1,5", "1.5", ".5", "5.", "1e3", "1e999", "-1e999", "1e-999",
        "NaN", "-NaN", "Infinity", "-Infinity", "∞", "1024", "1025", "65536", "65537", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "1e18", "1e19", "1e38", "1e39", "1e300", new('9', 500), "１２", "٣", "true", "TRUE", "false", "yes", "null",
        "a\nb", "a\r\nb", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "\0", "a\0b", "\u2028", "\u202etxt", "\ufeff", "\ud83d\ude00",
        "\u0085", "\b\b\b", ":", "::", "a:b", "=", ",", "-", "--", "784-10", "784-300-100-10", "1-1", "65536-32767-65536", "0.5,0.5", "1,1",
        "%n%s", "{0}", "{", "}", "[red]", "[", "'", "\"", "\\", "/", "..", "../..", ".", "/dev/null", "/dev/zero", "/nowhere/at/all", "~",
        "paper", "fast", "best", "halving", "cosine", "constant", "constant,cosine", "sram", "dram", "deep-r", "set", "static", "auto", "mnist",
        "digits", "SpiNNaker2Emu", "ReferenceCpu", "spinnaker2", "race-to-idle", "per-phase", "fixed", "pinned", "any", "1.0.0", "1", "1.0",
        "65536.0.0.0", "2147483648.0", "1.2.3.4.5", new('a', 20_000), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ];

    /// <summary>As JSON, legal and not.</summary>
    public static IReadOnlyList<byte[]> Json { get; } =
    [
        .. Texts.Select(Quoted),
        .. new[]
        {
            "null", "true", "false", "0", "1", "-1", "-0", "1.5", "1e3", "1e999", "-1e999", "1e-999", "2147483648", "-2147483649",
            "4294967296", "9223372036854775808", "18446744073709551616", "9007199254740993", new('9', 500), "NaN", "Infinity", "01", "1.",
            "{}", "[]", "[[]]", "[null]", "[1,2,3]", "{\"a\":{\"b\":[1]}}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"",
            "\"\\u001b[2J\"", "\"\\x\"", "\"", "'a'", "//", "/*", "/* c */ 1", "[1,]", "{,}", "\u001b[2J",
            Nested("[", "]", 40), Nested("[", "]", 70), Nested("[", "", Deep), Nested("{\"a\":", "}", 70), Nested("{\"a\":", "", Deep),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(text));

    private static string Nested(string open, string close, int depth) =>
        new StringBuilder().Insert(0, open, depth).Append('1').Insert(open.Length * depth + 1, close, depth).ToString();
}
