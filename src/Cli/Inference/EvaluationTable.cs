using NeuroHal.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Inference;

/// <summary>What a trained network came to on a test set.</summary>
internal static class EvaluationTable
{
    private const int MostClasses = 20;
    private const string None = "-";

    /// <summary>The figures, one in a row.</summary>
    public static IRenderable Of(EvaluationDocument evaluation, DeviceInfo device)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        table.AddColumn(new TableColumn(Markup.Escape($"{device.Backend} ({device.Profile})")).RightAligned());
        string start = evaluation.Time.StartIncluded ? Figures.WithStart : "";
        void Row(string name, string value) => table.AddRow(name, Markup.Escape(value));

        Row(RunFigures.Place, Figures.Kind(device.Kind));
        Row("level, policy", RunFigures.Setting(evaluation.Device));
        if (evaluation.Device.Backend.Count > 0)
        {
            Row("backend's settings", RunFigures.Own(evaluation.Device));
        }
        Row("data set", $"{evaluation.Dataset.Name}, {Figures.Whole(evaluation.Dataset.Test)} test images");
        Row("test accuracy", Figures.Percent(evaluation.Accuracy));
        Row("layers", string.Join('-', evaluation.Network.Layers));
        Row("connections", Figures.Whole(evaluation.Network.Connections));
        Row("connection sparsity", Figures.Percent(evaluation.Metrics.ConnectionSparsity));
        Row("activation sparsity", evaluation.Metrics.ActivationSparsity is { } sparsity ? Figures.Percent(sparsity) : None);
        Row("synaptic operations", RunFigures.Operations(evaluation.Metrics.SynapticOperations));
        Row("footprint of the network", new Bytes(evaluation.Metrics.Footprint).ToString());
        Row("cores, lanes", $"{Figures.Whole(evaluation.Memory.Cores.Count)}, {Figures.Whole(evaluation.Lanes)}");
        Row("memory of the fullest core", new Bytes(evaluation.Memory.Cores.Max(c => c.UsedBytes)).ToString());
        Row("device time", Figures.Seconds(evaluation.Time.DeviceSeconds) + start);
        Row("device time an image", Figures.Seconds(evaluation.Time.SecondsPerImage) + start);
        Row(evaluation.Lanes == 1 ? "latency" : $"latency, {evaluation.Lanes} at once", Figures.Seconds(evaluation.Time.LatencySeconds) + start);
        Row("samples a device second", Figures.Whole((long)evaluation.Time.SamplesPerSecond) + start);
        Row("energy", evaluation.Energy is { } all ? new Joules(all.Joules, all.Low, all.High).ToString() : device.NoEnergyBecause ?? "no meter");
        Row("energy an image", evaluation.EnergyPerImage is { } one ? new Joules(one.Joules, one.Low, one.High).ToString() : None);
        Row("how energy was got", evaluation.Energy is { } got ? Figures.Source(got.Method, got.AssumedShare) : None);
        Row("average power", evaluation.Energy is { } power ? Figures.Invariant($"{power.AverageWatts:0.000} W") : None);
        Row("weights (SHA-256)", evaluation.Weights.Sha256[..16]);
        return evaluation.Time.StartIncluded ? new Rows(table, new Text(Figures.StartNote)) : table;
    }

    /// <summary>By class; of many those classified worst.</summary>
    public static IEnumerable<IRenderable> Classes(EvaluationDocument evaluation)
    {
        if (evaluation.Classes is null)
        {
            yield return new Text("By class there are no figures: the device classified another number of images rightly than the network does.");
            yield break;
        }
        ClassResult[] present = [.. evaluation.Classes.Where(c => c.Images > 0)];
        ClassResult[] shown = present.Length <= MostClasses ? present : [.. present.OrderBy(c => c.Accuracy).ThenBy(c => c.Class).Take(MostClasses)];
        var table = new Table { Border = TableBorder.Simple };
        foreach (string head in new[] { "class", "images", "accuracy", "most often taken for" })
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }
        foreach (ClassResult one in shown)
        {
            string other = one.MostTakenFor is { } most
                ? $"{most} ({Figures.Whole(evaluation.Confusion![one.Class][most])} of {Figures.Whole(one.Images - one.Correct)} wrong)"
                : None;
            table.AddRow($"{one.Class}", Figures.Whole(one.Images), Figures.Percent(one.Accuracy!.Value), other);
        }
        yield return table;
        if (shown.Length < present.Length)
        {
            yield return new Text($"Of {present.Length} classes the {shown.Length} with the lowest accuracy; all are in the document of --json.");
        }
    }
}
