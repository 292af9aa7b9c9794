using NeuroHal.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>Where training's cycles, time and joules went: by kernel and by core.</summary>
internal static class KernelTable
{
    private const int MostRows = 16;

    public static IRenderable Of(RunResult run)
    {
        PhaseCounters train = run.Counters[Phase.Train];
        if (run.Kernels is not { } kernels)
        {
            return new Text($"{run.Device.Backend} does not count by kernel.\n");
        }
        return new Rows(ByKernel(kernels, train), ByCore(kernels, train));
    }

    private static Table ByKernel(IReadOnlyList<KernelCounters> kernels, PhaseCounters train)
    {
        Table table = Titled("by kernel, all cores", "calls", "cycles", "time", "share of time", "energy", "share of energy");
        double time = train.Cores.Sum(c => (c.BusyTime + c.WaitingTime).Seconds);
        double energy = train.Energy?.Total.Value ?? 0;
        void Row(string name, long calls, long cycles, SimTime took, Joules? joules) => table.AddRow(
            Markup.Escape(name),
            calls > 0 ? Figures.Whole(calls) : "",
            cycles > 0 ? Figures.Whole(cycles) : "",
            took.ToString(),
            Figures.Percent(time > 0 ? took.Seconds / time : 0),
            Markup.Escape(joules?.ToString() ?? ""),
            joules is { } j ? Figures.Percent(energy > 0 ? j.Value / energy : 0) : "");

        foreach (var same in kernels.GroupBy(k => k.Name).OrderByDescending(g => g.Sum(k => k.Time.Picoseconds)))
        {
            Row(same.Key, same.Sum(k => k.Calls), same.Sum(k => k.Busy.Count), Sum(same.Select(k => k.Time)), Sum(same.Select(k => k.Energy)));
        }
        SimTime inKernels = Sum(kernels.Select(k => k.Time));
        long control = train.Cores.Sum(c => c.Busy.Count) - kernels.Sum(k => k.Busy.Count);
        Row("starting DMA, barriers", 0, control, Sum(train.Cores.Select(c => c.BusyTime)) - inKernels, null);
        Row("waiting", 0, 0, Sum(train.Cores.Select(c => c.WaitingTime)), null);
        foreach ((EnergyDomain domain, Joules joules) in train.Energy?.ByDomain ?? new Dictionary<EnergyDomain, Joules>())
        {
            if (joules.Value > 0 && domain is (EnergyDomain.Dma or EnergyDomain.Noc or EnergyDomain.Dram or EnergyDomain.HostLink))
            {
                table.AddRow($"({domain})", "", "", "", "", Markup.Escape(joules.ToString()), Figures.Percent(energy > 0 ? joules.Value / energy : 0));
            }
        }
        return table;
    }

    private static Table ByCore(IReadOnlyList<KernelCounters> kernels, PhaseCounters train)
    {
        bool many = train.Cores.Count > MostRows;
        CoreCounters[] byWork = [.. train.Cores.OrderByDescending(c => c.Busy.Count)];
        IReadOnlyList<CoreCounters> shown = many ? [byWork[0], byWork[byWork.Length / 2], byWork[^1]] : train.Cores;
        Table table = Titled(many ? $"busiest, middle and idlest of {train.Cores.Count} cores" : "by core", "kernel calls", "cycles", "computing", "waiting", "share waiting", "energy of kernels");
        foreach (CoreCounters core in shown)
        {
            double all = (core.BusyTime + core.WaitingTime).Seconds;
            table.AddRow(
                $"core {core.Core}",
                Figures.Whole(core.KernelCalls),
                Figures.Whole(core.Busy.Count),
                core.BusyTime.ToString(),
                core.WaitingTime.ToString(),
                Figures.Percent(all > 0 ? core.WaitingTime.Seconds / all : 0),
                Sum(kernels.Where(k => k.Core == core.Core).Select(k => k.Energy)).ToString().EscapeMarkup());
        }
        return table;
    }

    private static Table Titled(string title, params string[] columns)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn(title);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        return table;
    }

    private static SimTime Sum(IEnumerable<SimTime> times) => times.Aggregate(SimTime.Zero, (sum, t) => sum + t);

    private static Joules Sum(IEnumerable<Joules> energies) => energies.Aggregate(Joules.Zero, (sum, e) => sum + e);
}
