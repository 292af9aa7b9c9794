using System.Globalization;

namespace NeuroHal.Reports.Page;

/// <summary>Tables, each in a place of its own in which it can be moved where it is wider than the page.</summary>
internal static class Tables
{
    /// <summary>A table with a row for each item; the first cell of a row is its heading.</summary>
    public static Html Of(Html caption, string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Html>> rows) => Framed(name, Html.Of(
        $"""
        <table{(columns.Count > 4 ? new Html(" class=\"wide\"") : Html.Empty)}><caption>{caption}</caption><thead><tr>{columns.Select(c => Html.Of($"<th scope=\"col\">{c}</th>"))}</tr></thead><tbody>
        {rows.Select(Row)}</tbody></table>
        """));

    /// <summary>Puts a table where it can be moved.</summary>
    public static Html Framed(string name, Html table) => Html.Of(
        $"""<div class="scroll" role="region" aria-label="{name}" tabindex="0">{table}</div>""");

    /// <summary>A share of 1 as a bar and in figures.</summary>
    public static Html Share(double share)
    {
        string width = (100 * Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1)).ToString("0.##", CultureInfo.InvariantCulture);
        return Html.Of($"""<span class="share"><span class="bar" style="width:{width}%"></span></span><span class="percent">{Words.Percent(share)}</span>""");
    }

    /// <summary>Text as a cell's content.</summary>
    public static Html Cell(string text) => Html.Encoded(text);

    private static Html Row(IReadOnlyList<Html> cells) => Html.Of(
        $"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select(c => Html.Of($"<td>{c}</td>"))}</tr>\n");
}
