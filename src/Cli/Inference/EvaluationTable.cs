using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Inference;

/// <summary>What a trained network came to on a test set.</summary>
internal static class EvaluationTable
{
    public static IRenderable Of(IDevice device, MemoryPlan plan, NetworkSource source, LoadedDataset data, double accuracy)
    {
        PhaseCounters counters = device.ReadCounters()[Phase.Evaluate];
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        table.AddColumn(new TableColumn(Markup.Escape($"{device.Info.Backend} ({device.Info.Profile})")).RightAligned());
        void Row(string name, string value) => table.AddRow(name, Markup.Escape(value));

        Row("where it ran", device.Info.Kind.ToString().ToLowerInvariant());
        Row("data set", $"{data.Name}, {Figures.Whole(data.Test.Count)} test images");
        Row("test accuracy", Figures.Percent(accuracy));
        Row("connections", Figures.Whole(source.Network.Connections));
        Row("cores, lanes", $"{plan.Cores.Count}, {plan.Lanes}");
        Row("memory of the fullest core", plan.Cores.Max(c => c.Needed).ToString());
        Row("device time", counters.Elapsed.ToString());
        Row("samples a second of device time", counters.Elapsed.Seconds is > 0 and var seconds ? Figures.Whole((long)(data.Test.Count / seconds)) : "-");
        Row("energy", counters.Energy?.Total.ToString() ?? device.Info.NoEnergyBecause ?? "no meter");
        Row("how energy was got", counters.Energy switch
        {
            null => "-",
            { Method: EnergyMethod.Measured } => "measured",
            { } reading => Figures.Invariant($"modelled, {100 * reading.AssumedShare:0} % rests on assumptions"),
        });
        Row("weights (SHA-256)", source.Network.Sha256[..16]);
        return table;
    }
}
