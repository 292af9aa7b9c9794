using NeuroHal.DeepR.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>What holds which bytes, a column for each core.</summary>
internal static class MemoryTable
{
    public static IRenderable Of(MemoryPlan plan)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn($"bytes of SRAM, {plan.Lanes} lane(s)");
        foreach (CorePlan core in plan.Cores)
        {
            table.AddColumn(new TableColumn($"core {core.Core}").RightAligned());
        }
        table.AddColumn(new TableColumn("share").RightAligned());
        CorePlan fullest = plan.Cores.MaxBy(c => c.Needed)!;
        foreach (string name in plan.Cores.SelectMany(c => c.Regions).Select(r => r.Name).Distinct())
        {
            Bytes In(CorePlan core) => core.Regions.Where(r => r.Name == name).Aggregate(Bytes.Zero, (sum, r) => sum + r.Size);
            table.AddRow([Markup.Escape(name), .. plan.Cores.Select(c => Figures.Whole(In(c).Count)), Share(In(fullest), fullest)]);
        }
        table.AddEmptyRow();
        table.AddRow(["in all", .. plan.Cores.Select(c => Figures.Whole(c.Needed.Count)), Share(fullest.Needed, fullest)]);
        table.AddRow(["capacity", .. plan.Cores.Select(c => c.Capacity is { } all ? Figures.Whole(all.Count) : "no limit"), ""]);
        if (plan.Cores.All(c => c.Capacity is not null))
        {
            table.AddRow(
                [plan.Fits ? "free" : "free, or short by (-)", .. plan.Cores.Select(c => Figures.Whole((c.Capacity!.Value - c.Needed).Count)), ""]);
        }
        return table;
    }

    private static string Share(Bytes part, CorePlan core) =>
        core.Capacity is { } whole ? Figures.Invariant($"{100.0 * part.Count / whole.Count:0.0} %") : "";
}
