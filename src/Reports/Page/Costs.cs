using NeuroHal.Reports.Charts;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>What training cost on one device.</summary>
/// <param name="Name">The run.</param>
/// <param name="Energy">Its energy; null where there is no meter.</param>
/// <param name="Kernels">Cost by kernel and core; null where the device does not count that.</param>
/// <param name="Cores">Time by core.</param>
internal sealed record RunCosts(string Name, EnergyRecord? Energy, IReadOnlyList<KernelRecord>? Kernels, IReadOnlyList<CoreTimeRecord> Cores);

/// <summary>Where energy and time went: by domain, by kernel and by core.</summary>
internal static class Costs
{
    // Of more cores than these the least, the middle and the most are shown, and all only on demand.
    private const int MostRows = 12;

    public static Html Of(IReadOnlyList<RunCosts> runs, FigureList figures) => Html.Of(
        $"""
        <section id="costs"><h2>Energy and time of training</h2>
        {runs.Select((r, i) => One(r, i + 1, figures))}</section>

        """);

    private static Html One(RunCosts run, int number, FigureList figures) => Html.Of(
        $"""
        <h3>{run.Name}</h3>
        {ByDomain(run, number, figures)}{ByKernel(run, number, figures)}{ByCore(run)}
        """);

    private static Html ByDomain(RunCosts run, int number, FigureList figures)
    {
        if (run.Energy is not { } energy)
        {
            return Html.Of($"<p>This device has no energy meter, so there is no figure.</p>\n");
        }
        (string Name, double Joules)[] domains =
            [.. energy.Breakdown.Where(d => d.Value > 0).OrderByDescending(d => d.Value).ThenBy(d => d.Key, StringComparer.Ordinal).Select(d => (Words.Domain(d.Key), d.Value))];
        double all = Math.Max(1e-300, energy.Joules);
        Html links = domains.Length == 0 ? Html.Empty : figures.Links($"run{number}-energy", BarChart.Draw(
            $"Energy by domain: {Words.Energy(energy)}", [.. domains.Select(d => (d.Name, d.Joules, $"{Words.Joules(d.Joules)}, {Words.Percent(d.Joules / all)}"))]));
        return Tables.Of(
            Html.Of($"By domain. In all <strong>{Words.Joules(energy.Joules)}</strong>, {Words.Source(energy)}; bounds are known of the whole only.{links}"),
            $"Energy by domain, {run.Name}",
            ["domain", $"energy, {Method(energy)}", "share"],
            domains.Select(d => new[] { Tables.Cell(d.Name), Tables.Cell(Words.Joules(d.Joules)), Tables.Share(d.Joules / all) }));
    }

    private static Html ByKernel(RunCosts run, int number, FigureList figures)
    {
        if (run.Kernels is not { Count: > 0 } kernels)
        {
            return Html.Of($"<p>This device does not count by kernel.</p>\n");
        }
        var rows = kernels.GroupBy(k => k.Name)
            .Select(g => (Name: g.Key, Calls: g.Sum(k => k.Calls), Cycles: g.Sum(k => k.Cycles), Seconds: g.Sum(k => k.Seconds), Joules: g.Sum(k => k.Joules)))
            .OrderByDescending(k => k.Seconds).ThenBy(k => k.Name, StringComparer.Ordinal).ToList();
        double all = Math.Max(1e-300, run.Cores.Sum(All));
        string of = run.Cores.Count == 1 ? "of the core's time" : $"of the time of {run.Cores.Count} cores";
        Html links = figures.Links($"run{number}-kernels", BarChart.Draw(
            $"Time by kernel, {of}", [.. rows.Select(k => (k.Name, k.Seconds, $"{Words.Seconds(k.Seconds)}, {Words.Percent(k.Seconds / all)}"))]));
        double waiting = run.Cores.Sum(c => c.WaitingSeconds ?? 0);
        double control = run.Cores.Sum(c => c.BusySeconds ?? 0) - rows.Sum(k => k.Seconds);
        Html[] Row(string name, string calls, string cycles, double seconds, string joules) =>
            [Tables.Cell(name), Tables.Share(seconds / all), Tables.Cell(Words.Seconds(seconds)), Tables.Cell(joules), Tables.Cell(calls), Tables.Cell(cycles)];
        (string energy, string source) = run.Energy is { } e ? ($"energy, {Method(e)}", $" The whole energy is {Words.Source(e)}.") : ("energy", "");
        return Tables.Of(
            Html.Of($"By kernel. A kernel's energy is what switched while it ran, and its core's static energy in that time.{source}{links}"),
            $"Time and energy by kernel, {run.Name}",
            ["kernel", $"share {of}", "time", energy, "calls", "cycles"],
            [
                .. rows.Select(k => Row(k.Name, Words.Whole(k.Calls), k.Cycles > 0 ? Words.Whole(k.Cycles) : "–", k.Seconds, run.Energy is null ? "–" : Words.Joules(k.Joules))),
                Row("starting DMA, barriers", "–", "–", Math.Max(0, control), "–"),
                Row("waiting", "–", "–", waiting, "–"),
            ]);
    }

    private static Html ByCore(RunCosts run)
    {
        if (run.Cores.Count == 0)
        {
            return Html.Empty;
        }
        string[] columns =
        [
            "core", "share computing", "computing", "waiting", run.Energy is { } e ? $"kernels' energy, {Method(e)}" : "kernels' energy", "kernel calls", "DMA in", "DMA out", "sent to cores",
        ];
        Dictionary<int, double> joules = (run.Kernels ?? []).GroupBy(k => k.Core).ToDictionary(g => g.Key, g => g.Sum(k => k.Joules));
        Html[] Row(string name, CoreTimeRecord core) =>
        [
            Tables.Cell(name), core.BusySeconds is { } busy ? Tables.Share(busy / Math.Max(1e-300, All(core))) : Tables.Cell("–"),
            Tables.Cell(Seconds(core.BusySeconds)), Tables.Cell(Seconds(core.WaitingSeconds)),
            Tables.Cell(run.Energy is not null && joules.TryGetValue(core.Id, out double j) ? Words.Joules(j) : "–"), Tables.Cell(Words.Whole(core.KernelCalls)),
            Tables.Cell(Words.Bytes(core.DmaLoadedBytes)), Tables.Cell(Words.Bytes(core.DmaStoredBytes)), Tables.Cell(Words.Bytes(core.NocSentBytes)),
        ];
        Html all = Tables.Of(Html.Of($"By core."), $"Time and energy by core, {run.Name}", columns, run.Cores.Select(c => Row($"core {c.Id}", c)));
        if (run.Cores.Count <= MostRows)
        {
            return all;
        }
        CoreTimeRecord[] sorted = [.. run.Cores.OrderBy(c => c.BusySeconds ?? 0).ThenBy(c => c.Id)];
        Html few = Tables.Of(
            Html.Of($"By core: of {run.Cores.Count} cores the least, the middle and the most busy."), $"Time and energy of three cores, {run.Name}", columns,
            new[] { sorted[0], sorted[sorted.Length / 2], sorted[^1] }.Select(c => Row($"core {c.Id}", c)));
        return Html.Of($"{few}<details><summary>All {run.Cores.Count} cores</summary>{all}</details>\n");
    }

    private static double All(CoreTimeRecord core) => (core.BusySeconds ?? 0) + (core.WaitingSeconds ?? 0);

    private static string Seconds(double? measured) => measured is { } seconds ? Words.Seconds(seconds) : "–";

    private static string Method(EnergyRecord energy) => energy.Method == EnergyMethod.Measured ? "measured" : "modelled";
}
