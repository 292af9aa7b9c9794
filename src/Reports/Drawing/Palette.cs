namespace NeuroHal.Reports.Drawing;

/// <summary>The colours of inks: Okabe and Ito's, told apart by the colour-blind too, darkened or lightened to stand out from the paper.</summary>
internal static class Palette
{
    private static readonly (string Name, uint Light, uint Dark)[] _inks =
    [
        ("ink", 0x1b1f24, 0xe8e6e1),
        ("muted", 0x5a626b, 0xa9b0b8),
        ("line", 0xd5d9dd, 0x3a414a),
        ("paper", 0xffffff, 0x14171b),
        ("c1", 0x0068a8, 0x5ab4f0),
        ("c2", 0xc25100, 0xf0954a),
        ("c3", 0x00805c, 0x3ccf9f),
        ("c4", 0xa8487f, 0xe08fbd),
        ("c5", 0x8a6d00, 0xe3c341),
        ("c6", 0x4a6fa5, 0x9bb4e0),
        ("c7", 0x7a4a2a, 0xc79a78),
        ("c8", 0x6a6f76, 0x98a0a9),
    ];

    /// <summary>The name of an ink in style sheets.</summary>
    public static string Name(Ink ink) => _inks[(int)ink].Name;

    /// <summary>An ink's colour on white paper, as 0xRRGGBB.</summary>
    public static uint OnWhite(Ink ink) => _inks[(int)ink].Light;

    /// <summary>The inks as variables of a style sheet, for light screens and paper, and for dark screens.</summary>
    public static string Css
    {
        get
        {
            string Variables(Func<(string Name, uint Light, uint Dark), uint> colour) => string.Concat(_inks.Select(i => $"--{i.Name}:#{colour(i):x6};"));
            string classes = string.Concat(_inks.Select(i => $".f-{i.Name}{{fill:var(--{i.Name})}}.s-{i.Name}{{stroke:var(--{i.Name});fill:none}}.b-{i.Name}{{background:var(--{i.Name})}}"));
            return $":root{{{Variables(i => i.Light)}}}@media screen and (prefers-color-scheme:dark){{:root{{{Variables(i => i.Dark)}}}}}{classes}";
        }
    }
}
