using NeuroHal.Reports.Drawing;

namespace NeuroHal.Reports.Page;

/// <summary>The figures of a page, and the files beside it that show the same.</summary>
/// <param name="hasFiles">Whether there are files to point to.</param>
internal sealed class FigureList(bool hasFiles)
{
    private readonly List<(string Name, Picture Picture)> _files = [];

    /// <summary>The pictures, by the names of their files without ending.</summary>
    public IReadOnlyList<(string Name, Picture Picture)> Files => _files;

    /// <summary>A figure as it stands in the page.</summary>
    /// <param name="file">The name of its files, without ending.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="caption">What it says.</param>
    public Html Figure(string file, Picture picture, Html caption)
    {
        Html links = Links(file, picture);
        return Html.Of($"<figure>{SvgInk.Inline(picture)}<figcaption>{caption}{links}</figcaption></figure>\n");
    }

    /// <summary>Keeps a picture of what the page shows in another way, and points to its files.</summary>
    public Html Links(string file, Picture picture)
    {
        if (!hasFiles)
        {
            return Html.Empty;
        }
        _files.Add((file, picture));
        return Html.Of($""" <span class="files"><a href="{file}.svg">SVG</a> <a href="{file}.png">PNG</a></span>""");
    }
}
