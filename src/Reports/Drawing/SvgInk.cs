using System.Globalization;
using NeuroHal.Reports.Page;

namespace NeuroHal.Reports.Drawing;

/// <summary>Writes pictures as SVG: with the colours of the page around it, or as a file with its own.</summary>
internal static class SvgInk
{
    /// <summary>As a part of a page, whose style sheet has the inks.</summary>
    public static Html Inline(Picture picture) => Html.Of(
        $"""<svg role="img" aria-label="{picture.Description}" viewBox="0 0 {N(picture.Width)} {N(picture.Height)}">{picture.Shapes.Select(Of)}</svg>""");

    /// <summary>As a part of a page, as wide as there is room for; only for what has no text in it.</summary>
    public static Html Stretched(Picture picture) => Html.Of(
        $"""<svg role="img" aria-label="{picture.Description}" preserveAspectRatio="none" viewBox="0 0 {N(picture.Width)} {N(picture.Height)}">{picture.Shapes.Select(Of)}</svg>""");

    /// <summary>As a file.</summary>
    public static string File(Picture picture)
    {
        Html style = new("svg{font-family:system-ui,'Segoe UI','DejaVu Sans',sans-serif}" + Palette.Css);
        return Html.Of(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{picture.Description}" width="{N(picture.Width)}" height="{N(picture.Height)}" viewBox="0 0 {N(picture.Width)} {N(picture.Height)}"><title>{picture.Description}</title><style>{style}</style><rect class="f-paper" width="100%" height="100%"/>{picture.Shapes.Select(Of)}</svg>

            """).Text;
    }

    private static Html Of(Shape shape) => shape switch
    {
        Box box => Of(box),
        Cells cells => Of(cells),
        Stroke stroke => Html.Of(
            $"""<path class="s-{Palette.Name(stroke.Ink)}" stroke-width="{N(stroke.Width)}" stroke-linejoin="round" stroke-linecap="round"{(stroke.Dashed ? new Html(" stroke-dasharray=\"5 5\"") : Html.Empty)} d="{new Html(Path(stroke.Points))}"/>"""),
        Label label => Html.Of(
            $"""<text class="f-{Palette.Name(label.Ink)}" x="{N(label.X)}" y="{N(label.Y)}" font-size="{N(label.Size)}"{AnchorOf(label.Anchor)}{(label.Bold ? new Html(" font-weight=\"600\"") : Html.Empty)}>{label.Text}</text>"""),
        _ => throw new InvalidOperationException($"There is no way to draw a {shape.GetType().Name}."),
    };

    private static Html Of(Box box)
    {
        Html opacity = box.Opacity < 1 ? Html.Of($" fill-opacity=\"{N(box.Opacity)}\"") : Html.Empty;
        Html end = box.Title is { } title ? Html.Of($"><title>{title}</title></rect>") : new Html("/>");
        return Html.Of($"""<rect class="f-{Palette.Name(box.Ink)}" x="{N(box.X)}" y="{N(box.Y)}" width="{N(box.Width)}" height="{N(box.Height)}"{opacity}{end}""");
    }

    private static Html Of(Cells cells)
    {
        string path = string.Concat(cells.At.Select(at => $"M{N(cells.X + (at.Column * cells.Width))} {N(cells.Y + (at.Row * cells.Height))}h{N(cells.Width)}v{N(cells.Height)}h{N(-cells.Width)}z"));
        return Html.Of($"""<path class="f-{Palette.Name(cells.Ink)}" fill-opacity="{N(cells.Opacity)}" d="{new Html(path)}"/>""");
    }

    private static string Path(IReadOnlyList<(double X, double Y)> points) =>
        string.Concat(points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{N(p.X)} {N(p.Y)}"));

    private static Html AnchorOf(Anchor anchor) => anchor switch
    {
        Anchor.Middle => new(" text-anchor=\"middle\""),
        Anchor.End => new(" text-anchor=\"end\""),
        _ => Html.Empty,
    };

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
