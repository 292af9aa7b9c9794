using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Drawing;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>Who holds which bytes of each core.</summary>
internal static class MemoryMaps
{
    private const int MostMaps = 4;

    public static Html Of(IReadOnlyList<(string Name, MemoryRecord Memory)> runs, FigureList figures)
    {
        long scale = runs.SelectMany(r => r.Memory.Cores).Max(c => c.CapacityBytes) ?? 0;
        return Html.Of(
            $"""
            <section id="memory"><h2>Memory of the cores</h2>
            <div class="cards">{runs.Select((r, i) => Maps(r.Name, r.Memory.Cores, i + 1, scale, figures))}</div>
            {runs.Select(r => Regions(r.Name, Drawn(r.Memory.Cores)))}</section>

            """);
    }

    private static Html Maps(string name, IReadOnlyList<CoreMemoryRecord> cores, int number, long scale, FigureList figures)
    {
        CoreMemoryRecord[] drawn = Drawn(cores);
        string few = drawn.Length == cores.Count
            ? ""
            : $" Of {cores.Count} cores the first, the fullest and the emptiest are drawn; they hold {Words.Bytes(cores.Min(c => c.UsedBytes))} to {Words.Bytes(cores.Max(c => c.UsedBytes))}.";
        return Html.Join(drawn.Select(c => Html.Of(
            $"""
            <div class="card"><h3>{name}</h3>{figures.Figure($"run{number}-memory-core{c.Id}", MemoryMap.Draw(c, scale), Html.Of($"Bytes in the order of addresses, to scale.{few}"))}</div>

            """)));
    }

    private static CoreMemoryRecord[] Drawn(IReadOnlyList<CoreMemoryRecord> cores) => cores.Count <= MostMaps
        ? [.. cores]
        : [.. new[] { cores[0], cores.MaxBy(c => c.UsedBytes)!, cores.MinBy(c => c.UsedBytes)! }.DistinctBy(c => c.Id)];

    private static Html Regions(string name, CoreMemoryRecord[] cores)
    {
        string[] regions = [.. cores.SelectMany(c => c.Breakdown.Select(r => r.Name)).Distinct()];
        Html table = Tables.Of(
            Html.Of($"{name}: every buffer and reservation, in the order of addresses, in bytes."),
            $"Bytes by buffer, {name}",
            ["held by", .. cores.Select(c => $"core {c.Id}")],
            [
                .. regions.Select(r => new[] { Html.Of($"<span class=\"swatch b-{Palette.Name(MemoryMap.GroupOf(r).Ink)}\"></span>{r}") }
                    .Concat(cores.Select(c => Tables.Cell(Held(c, r)))).ToArray()),
                [Tables.Cell("in all"), .. cores.Select(c => Tables.Cell(Words.Whole(c.UsedBytes)))],
                [Tables.Cell("capacity"), .. cores.Select(c => Tables.Cell(c.CapacityBytes is { } bytes ? Words.Whole(bytes) : "no limit"))],
            ]);
        return Html.Of($"<details><summary>All buffers by name: {name}</summary>{table}</details>\n");
    }

    private static string Held(CoreMemoryRecord core, string region) =>
        core.Breakdown.Where(r => r.Name == region).ToArray() is { Length: > 0 } parts ? Words.Whole(parts.Sum(r => r.Bytes)) : "–";
}
