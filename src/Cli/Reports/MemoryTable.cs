using NeuroHal.DeepR.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>What holds which bytes, a column for each core; of many cores the fullest and the emptiest.</summary>
internal static class MemoryTable
{
    private const int MostColumns = 8;

    public static IRenderable Of(MemoryPlan all)
    {
        bool many = all.Cores.Count > MostColumns;
        MemoryPlan plan = many ? all with { Cores = [all.Cores.MaxBy(c => c.Needed)!, all.Cores.MinBy(c => c.Needed)!] } : all;
        Table table = Of(plan.Cores, plan.Lanes, plan.Fits);
        string note = many ? $"The fullest and the emptiest of {all.Cores.Count} cores. " : "";
        note += all.Idle > 0 ? $"{all.Idle} core(s) beyond {all.Cores.Count} have no share: take a number of cores without a prime factor above 31." : "";
        return note.Length > 0 ? new Rows(table, new Text(note + "\n")) : table;
    }

    private static Table Of(IReadOnlyList<CorePlan> cores, int lanes, bool fits)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn($"bytes of SRAM, {lanes} lane(s)");
        foreach (CorePlan core in cores)
        {
            table.AddColumn(new TableColumn($"core {core.Core}").RightAligned());
        }
        table.AddColumn(new TableColumn("share").RightAligned());
        CorePlan fullest = cores.MaxBy(c => c.Needed)!;
        foreach (string name in cores.SelectMany(c => c.Regions).Select(r => r.Name).Distinct())
        {
            Bytes In(CorePlan core) => core.Regions.Where(r => r.Name == name).Aggregate(Bytes.Zero, (sum, r) => sum + r.Size);
            table.AddRow([Markup.Escape(name), .. cores.Select(c => Figures.Whole(In(c).Count)), Share(In(fullest), fullest)]);
        }
        table.AddEmptyRow();
        table.AddRow(["in all", .. cores.Select(c => Figures.Whole(c.Needed.Count)), Share(fullest.Needed, fullest)]);
        table.AddRow(["capacity", .. cores.Select(c => c.Capacity is { } all ? Figures.Whole(all.Count) : "no limit"), ""]);
        if (cores.All(c => c.Capacity is not null))
        {
            table.AddRow(
                [fits ? "free" : "free, or short by (-)", .. cores.Select(c => Figures.Whole((c.Capacity!.Value - c.Needed).Count)), ""]);
        }
        return table;
    }

    private static string Share(Bytes part, CorePlan core) =>
        core.Capacity is { } whole ? Figures.Invariant($"{100.0 * part.Count / whole.Count:0.0} %") : "";
}
