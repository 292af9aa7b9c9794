using NeuroHal.DeepR.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>What holds which bytes of a core.</summary>
internal static class MemoryTable
{
    public static IRenderable Of(MemoryPlan plan) => new Rows(plan.Cores.Select(core => Of(plan, core)));

    private static Table Of(MemoryPlan plan, CorePlan core)
    {
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumn($"SRAM of core {core.Core}, {plan.Lanes} lane(s)")
            .AddColumn(new TableColumn("bytes").RightAligned())
            .AddColumn(new TableColumn("share").RightAligned());
        foreach (SramRegion region in core.Regions)
        {
            table.AddRow(Markup.Escape(region.Name), Figures.Whole(region.Size.Count), Share(region.Size, core.Capacity));
        }
        table.AddEmptyRow();
        table.AddRow("in all", Figures.Whole(core.Needed.Count), Share(core.Needed, core.Capacity));
        if (core.Capacity is { } capacity)
        {
            table.AddRow("capacity", Figures.Whole(capacity.Count), "");
            table.AddRow(core.Fits ? "free" : "short by", Figures.Whole(Math.Abs((capacity - core.Needed).Count)), "");
        }
        else
        {
            table.AddRow("capacity", "no limit", "");
        }
        return table;
    }

    private static string Share(Bytes part, Bytes? capacity) =>
        capacity is { } whole ? Figures.Invariant($"{100.0 * part.Count / whole.Count:0.0} %") : "";
}
