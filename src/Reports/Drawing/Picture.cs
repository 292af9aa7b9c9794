namespace NeuroHal.Reports.Drawing;

/// <summary>What a shape is coloured as; which colour that is, depends on where it is shown.</summary>
internal enum Ink
{
    Text,
    Muted,
    Line,
    Paper,
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    C7,
    C8,
}

/// <summary>A drawing, once for all it is written as: in a page, as SVG and as PNG.</summary>
/// <param name="Width">Its width, in units of which text is 12 high.</param>
/// <param name="Height">Its height.</param>
/// <param name="Description">What is to be seen, for those who do not see it.</param>
/// <param name="Shapes">From back to front.</param>
internal sealed record Picture(double Width, double Height, string Description, IReadOnlyList<Shape> Shapes)
{
    /// <summary>The inks of series, in turn.</summary>
    public static Ink Series(int number) => Ink.C1 + (number % 8);
}

/// <summary>A piece of a drawing.</summary>
internal abstract record Shape(Ink Ink);

/// <summary>A filled rectangle.</summary>
internal sealed record Box(double X, double Y, double Width, double Height, Ink Ink, double Opacity = 1, string? Title = null) : Shape(Ink);

/// <summary>Squares of one shade on a grid.</summary>
internal sealed record Cells(double X, double Y, double Width, double Height, IReadOnlyList<(int Column, int Row)> At, Ink Ink, double Opacity) : Shape(Ink);

/// <summary>A line through points.</summary>
internal sealed record Stroke(IReadOnlyList<(double X, double Y)> Points, Ink Ink, double Width = 1, bool Dashed = false) : Shape(Ink);

/// <summary>A line of text; y is where its letters stand.</summary>
internal sealed record Label(double X, double Y, string Text, Ink Ink = Ink.Text, Anchor Anchor = Anchor.Start, bool Bold = false, double Size = 12) : Shape(Ink);

/// <summary>Which point of a text is where it is placed.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}
