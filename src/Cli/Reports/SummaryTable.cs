using NeuroHal.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>What runs came to, a column each.</summary>
internal static class SummaryTable
{
    public static IRenderable Of(IReadOnlyList<RunResult> runs)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (RunResult run in runs)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{run.Device.Backend} ({run.Device.Profile})")).RightAligned());
        }
        void Row(string name, Func<RunResult, string> of) =>
            table.AddRow([name, .. runs.Select(run => Markup.Escape(of(run)))]);

        Row("where it ran", r => r.Device.Kind.ToString().ToLowerInvariant());
        Row("data set", r => $"{r.Dataset.Name}, {Figures.Whole(r.Dataset.Train.Count)} + {Figures.Whole(r.Dataset.Test.Count)}");
        Row("test accuracy", r => Figures.Percent(r.TestAccuracy));
        Row("connections, most at any moment", r => Figures.Whole(r.Network.PeakConnections));
        Row("share of a dense network", r => Figures.Percent((double)r.Network.PeakConnections / r.Training.Possible));
        Row("memory of the fullest core", r => r.Plan.Cores.Max(c => c.Needed).ToString());
        Row("device time, training", r => r.Counters[Phase.Train].Elapsed.ToString());
        Row("samples a second of device time", r => Figures.Whole((long)r.SamplesPerSecond));
        Row("energy, training", r => r.Counters[Phase.Train].Energy?.Total.ToString() ?? "no meter");
        Row("how energy was got", Method);
        Row("average power, training", Power);
        if (runs.Any(r => r.Faults is not null))
        {
            Row("faults injected", r => r.Faults?.Injected ?? "-");
        }
        Row("wall time, all", r => Figures.Seconds(r.WallSeconds));
        Row("weights (SHA-256)", r => r.Network.Sha256[..16]);
        return table;
    }

    private static string Method(RunResult run) => run.Counters[Phase.Train].Energy switch
    {
        null => "-",
        { Method: EnergyMethod.Measured } => "measured",
        { } reading => Figures.Invariant($"modelled, {100 * reading.AssumedShare:0} % rests on assumptions"),
    };

    private static string Power(RunResult run)
    {
        PhaseCounters train = run.Counters[Phase.Train];
        return train.Energy is { } reading ? Figures.Invariant($"{reading.Total.AverageWatts(train.Elapsed):0.000} W") : "-";
    }
}
