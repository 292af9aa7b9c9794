using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>How training stands, as a table that is drawn anew in place.</summary>
internal static class LiveTable
{
    private const int BarWidth = 32;

    /// <summary>Before anything is known.</summary>
    public static IRenderable Starting(int epochs) => Titled(0, epochs);

    public static IRenderable Of(TrainingMoment moment)
    {
        Table table = Titled(moment.Progress.Epoch, moment.Epochs);
        table.AddRow(new Text("done"), new Columns(Bar(moment.Done), new Text(Figures.Percent(moment.Done))) { Expand = false });
        void Row(string name, string? value)
        {
            if (value is not null)
            {
                table.AddRow(new Text(name), new Text(value));
            }
        }

        Row("training accuracy", Figures.Percent(moment.Progress.Accuracy));
        Row("validation accuracy", moment.Validation is { } share ? Figures.Percent(share) : null);
        Row("active connections", Figures.Whole(moment.Progress.Connections));
        Row("rewired in this epoch", moment.Progress.Rewired is { } rewired ? Figures.Whole(rewired) : null);
        Row(moment.IsEmulated ? "emulated time" : "device time", moment.Counters.Elapsed.ToString());
        Row("energy", moment.Counters.Energy?.Total.ToString() ?? moment.NoEnergyBecause ?? "no meter");
        Row("hottest kernel", moment.Hottest is { } hottest ? $"{hottest.Name}, {Figures.Percent(hottest.Share)} of time" : null);
        Row("samples a second, host", Figures.Whole((long)moment.SamplesPerSecond));
        Row("time left", moment.TimeLeft);
        return table;
    }

    private static Table Titled(int epoch, int epochs) => new Table { Border = TableBorder.Rounded }
        .AddColumn($"epoch {epoch}/{epochs}")
        .AddColumn(new TableColumn("").Width(BarWidth + 12));

    private static Text Bar(double done)
    {
        int full = (int)(BarWidth * Math.Clamp(done, 0, 1));
        return new Text($"{new string('#', full)}{new string('.', BarWidth - full)}", new Style(ConsoleColor.Green));
    }
}
