using NeuroHal.Reports.Drawing;

namespace NeuroHal.Reports.Page;

/// <summary>A page as a whole: nothing in it comes from elsewhere.</summary>
internal static class Document
{
    /// <summary>Puts a page together.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="policy">What a browser may do with it, as a content security policy.</param>
    /// <param name="body">Its body.</param>
    /// <param name="script">A script with its tags; none for most.</param>
    public static string Of(string title, Html policy, Html body, Html script = default)
    {
        Html style = new(Palette.Css + Resource("report.css"));
        return Html.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <link rel="icon" href="data:,">
            <title>{title}</title>
            <style>
            {style}</style>
            </head>
            <body>
            {body}{script}</body>
            </html>

            """).Text;
    }

    /// <summary>A text that is part of this assembly.</summary>
    public static string Resource(string name)
    {
        using Stream stream = typeof(Document).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
