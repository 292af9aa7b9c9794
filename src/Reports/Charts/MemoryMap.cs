using System.Globalization;
using System.Text.RegularExpressions;
using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;
using NeuroHal.Results;

namespace NeuroHal.Reports.Charts;

/// <summary>One core's local memory, drawn to scale against all it has.</summary>
internal static partial class MemoryMap
{
    private const double Width = 380;
    private const double Top = 24;
    private const double Height = 400;
    private const double Left = 54;
    private const int Marks = 4;
    private const double Column = 80;
    private const double LabelsAt = Left + Column + 22;
    private const double LabelRow = 14;
    private const int LabelLetters = 25;

    /// <summary>What a piece of memory belongs to, and its colour.</summary>
    public static (string Name, Ink Ink) GroupOf(string region) => region switch
    {
        _ when region.StartsWith("code", StringComparison.Ordinal) || region.StartsWith("stack", StringComparison.Ordinal) => ("code and stack", Ink.C8),
        _ when region.StartsWith("activations", StringComparison.Ordinal) || region.StartsWith("errors", StringComparison.Ordinal) => ("activations, errors", Ink.C3),
        _ when region.StartsWith("image", StringComparison.Ordinal) => ("images", Ink.C5),
        _ when Layer().Match(region) is { Success: true } layer => ($"layer {layer.Groups["n"].Value}", LayerInk(layer.Groups["n"].Value)),
        _ => ("others", Ink.C4),
    };

    /// <summary>Draws the map.</summary>
    /// <param name="core">What the core holds.</param>
    /// <param name="scale">As many bytes as a memory without limit is drawn against, if it holds no more, so that it can be compared with others.</param>
    public static Picture Draw(CoreMemoryRecord core, long scale = 0)
    {
        double all = Math.Max(1, Math.Max(core.CapacityBytes ?? scale, core.UsedBytes));
        double Place(double bytes) => Top + (bytes / all * Height);
        string capacity = core.CapacityBytes is { } c ? $"of {Words.Bytes(c)}" : "of a memory without limit";
        var shapes = new List<Shape> { new Label(Left, 12, $"core {core.Id}: {Words.Bytes(core.UsedBytes)} {capacity}", Bold: true) };
        double step = 1024 * Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(1, all / 1024 / Marks))));
        for (double mark = 0; mark <= all; mark += step)
        {
            shapes.Add(new Stroke([(Left - 5, Place(mark)), (Left + Column, Place(mark))], Ink.Line));
            shapes.Add(new Label(Left - 9, Place(mark) + 4, (mark / 1024).ToString("0.#", CultureInfo.InvariantCulture) + " KB", Ink.Muted, Anchor.End));
        }
        double at = 0;
        var labels = new List<(double Middle, string Name, long Bytes)>();
        var small = new List<(RegionRecord Region, double At)>();
        void Flush()
        {
            if (small.Count > 0)
            {
                long bytes = small.Sum(s => s.Region.Bytes);
                string name = small.Count == 1 ? small[0].Region.Name : $"{GroupOf(small[0].Region.Name).Name} ({small.Count})";
                labels.Add((Place(small[0].At + (bytes / 2.0)), name, bytes));
                small.Clear();
            }
        }
        foreach (RegionRecord region in core.Breakdown)
        {
            if (small.Count > 0 && GroupOf(small[0].Region.Name) != GroupOf(region.Name))
            {
                Flush();
            }
            double height = region.Bytes / all * Height;
            shapes.Add(new Box(
                Left, Place(at), Column, Math.Max(0.4, height - (height > 3 ? 0.7 : 0)), GroupOf(region.Name).Ink, 1, $"{region.Name}: {Words.Bytes(region.Bytes)}"));
            if (height >= LabelRow)
            {
                Flush();
                labels.Add((Place(at + (region.Bytes / 2.0)), region.Name, region.Bytes));
            }
            else
            {
                small.Add((region, at));
            }
            at += region.Bytes;
        }
        Flush();
        if (core.CapacityBytes is { } size && size > core.UsedBytes)
        {
            at = core.UsedBytes; // alignment included
            shapes.Add(new Stroke([(Left, Place(at)), (Left + Column, Place(at)), (Left + Column, Place(all)), (Left, Place(all)), (Left, Place(at))], Ink.Muted, 1, Dashed: true));
            labels.Add((Place((at + all) / 2), "free", size - core.UsedBytes));
        }
        AddLabels(shapes, labels);
        return new Picture(Width, Top + Height + 14, Describe(core), shapes);
    }

    private static string Describe(CoreMemoryRecord core)
    {
        string parts = string.Join(", ", core.Breakdown.GroupBy(r => GroupOf(r.Name).Name).Select(g => $"{g.Key} {Words.Bytes(g.Sum(r => r.Bytes))}"));
        return $"Memory map of core {core.Id}: {parts}; {Words.Bytes(core.UsedBytes)} used"
            + (core.CapacityBytes is { } capacity ? $" of {Words.Bytes(capacity)}." : ", no limit.");
    }

    /// <summary>Names beside the column, moved down where they would lie on each other, and up again at the end.</summary>
    private static void AddLabels(List<Shape> shapes, List<(double Middle, string Name, long Bytes)> labels)
    {
        double[] rows = [.. labels.Select(l => l.Middle)];
        double row = Math.Min(LabelRow, Height / Math.Max(1, rows.Length - 1));
        for (int i = 1; i < rows.Length; i++)
        {
            rows[i] = Math.Max(rows[i], rows[i - 1] + row);
        }
        double last = Top + Height;
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = Math.Min(rows[i], last);
            last = rows[i] - row;
        }
        foreach ((int i, (double middle, string name, long bytes)) in labels.Index())
        {
            shapes.Add(new Stroke([(Left + Column + 2, middle), (LabelsAt - 8, rows[i]), (LabelsAt - 3, rows[i])], Ink.Muted, 0.7));
            shapes.Add(new Label(LabelsAt, rows[i] + 4, Words.Cut(name, LabelLetters)));
            shapes.Add(new Label(Width - 2, rows[i] + 4, Words.Whole(bytes), Ink.Muted, Anchor.End));
        }
    }

    private static Ink LayerInk(string number) => (number[^1] - '0') switch
    {
        1 => Ink.C1,
        2 => Ink.C6,
        3 => Ink.C2,
        _ => Ink.C7,
    };

    [GeneratedRegex("^layer (?<n>[0-9]{1,3})( |$)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Layer();
}
