using System.Globalization;
using CsCheck;

namespace NeuroHal.Abstractions.Tests;

/// <summary>What is shown to a user is a line, whatever it quotes.</summary>
public sealed class PrintableLineTests
{
    [Theory]
    [InlineData("a plain line: 3 μs, 数字, 😀", "a plain line: 3 μs, 数字, 😀")]
    [InlineData("two\r\n  lines\tand a tab", "two   lines and a tab")]
    [InlineData("two\u2028lines\u0085three", "two lines three")]
    [InlineData("\u001b[31mred\u001b[0m\u0007\0\u007f\u009b", "\\u001b[31mred\\u001b[0m\\u0007\\u0000\\u007f\\u009b")]
    [InlineData("gnp.\u202etxt", "gnp.\\u202etxt")]
    [InlineData("a\u200bb\ufeff", "a\\u200bb\\ufeff")]
    public void What_cannot_be_seen_is_spelled_out(string text, string line)
    {
        Assert.Equal(line, PrintableLine.Of(text));
        Assert.Equal(line, new BadDataException(text).Message);
    }

    [Fact]
    public void Half_a_character_is_spelled_out() =>
        Assert.Equal("a\\ud800b\\udc00", PrintableLine.Of(string.Concat("a", '\ud800', "b", '\udc00')));

    [Fact]
    public void A_long_line_loses_its_middle()
    {
        string line = PrintableLine.Of("what is wrong" + new string('x', 100_000) + "what to do");
        Assert.Equal(4000, line.Length);
        Assert.StartsWith("what is wrong", line, StringComparison.Ordinal);
        Assert.EndsWith("what to do", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_short_line_that_stays_as_it_is() =>
        Gen.Char.Array[0, 6000].Select(chars => new string(chars)).Sample(text =>
        {
            string line = PrintableLine.Of(text);
            Assert.InRange(line.Length, 0, 4000);
            Assert.DoesNotContain(line, c => char.IsControl(c) || char.GetUnicodeCategory(c)
                is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            Assert.Equal(line, PrintableLine.Of(line));
        });
}
