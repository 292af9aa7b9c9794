using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>A comparison on a terminal: as many columns side by side as it is wide enough for, the others below.</summary>
internal sealed class SideBySide(ComparisonTable table) : Renderable
{
    // Between two columns: a blank, the border's blank, a blank.
    private const int Gap = 3;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        ((IRenderable)new Rows(Blocks(maxWidth).Select(Block))).Render(options, maxWidth);

    private IEnumerable<Range> Blocks(int width)
    {
        int names = table.Rows.Max(r => r.Name.Length);
        int from = 0;
        while (from < table.Heads.Count)
        {
            int to = from;
            int used = Gap + names;
            while (to < table.Heads.Count && (to == from || used + Gap + Width(to) <= width))
            {
                used += Gap + Width(to++);
            }
            yield return from..to;
            from = to;
        }
    }

    private int Width(int column) => table.Rows.Select(r => r.Cells[column].Length).Append(table.Heads[column].Length).Max();

    private Table Block(Range columns)
    {
        Table block = new Table { Border = TableBorder.Simple }.AddColumn("");
        foreach (string head in table.Heads.Take(columns))
        {
            block.AddColumn(new TableColumn(Markup.Escape(head)).RightAligned());
        }
        foreach (ComparisonRow row in table.Rows)
        {
            block.AddRow([Markup.Escape(row.Name), .. row.Cells.Take(columns).Select(Markup.Escape)]);
        }
        return block;
    }
}
