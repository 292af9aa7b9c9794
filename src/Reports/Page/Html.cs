using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace NeuroHal.Reports.Page;

/// <summary>
/// Markup that is safe to put into a page. It is made of interpolated text only: what the program wrote is taken as it is, every value
/// in it is made printable and encoded, unless it is markup already. Attributes stand in double quotes.
/// </summary>
internal readonly record struct Html(string Text)
{
    public static readonly Html Empty = new("");

    /// <summary>Makes markup of an interpolated text.</summary>
    public static Html Of(ref HtmlHandler text) => new(text.Result());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Text)));

    /// <summary>Text as markup.</summary>
    public static Html Encoded(string text) => new(WebUtility.HtmlEncode(PrintableLine.Of(text)));

    public override string ToString() => Text;
}

/// <summary>Puts interpolated text together, and encodes what is put into it.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler
{
    private readonly StringBuilder _text;

    public HtmlHandler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Html markup) => _text.Append(markup.Text);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (Html piece in pieces)
        {
            _text.Append(piece.Text);
        }
    }

    public void AppendFormatted(string? text) => _text.Append(Html.Encoded(text ?? "").Text);

    public void AppendFormatted<T>(T value, string? format = null) where T : struct, IFormattable =>
        AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public string Result() => _text.ToString();
}
