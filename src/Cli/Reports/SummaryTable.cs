using NeuroHal.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>What a run came to.</summary>
internal static class SummaryTable
{
    public static IRenderable Of(RunResult run)
    {
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumn("").AddColumn(new TableColumn(Markup.Escape(run.Device.Backend)).RightAligned());
        foreach (RunFigure figure in RunFigures.Of([run]))
        {
            table.AddRow(Markup.Escape(figure.Name), Markup.Escape(figure.Of(run)));
        }
        return new Rows([table, .. RunFigures.Notes([run]).Select(why => new Text(why))]);
    }
}
