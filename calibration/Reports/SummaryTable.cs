using System.Globalization;
using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using Spectre.Console;

namespace NeuroHal.Calibration.Reports;

/// <summary>Cases in a table: whether outputs are the same, and cycles of both sides.</summary>
internal static class SummaryTable
{
    public static Table Of(IEnumerable<Outcome> outcomes)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn("kernel").AddColumn("shape").AddColumn("output");
        foreach (string column in new[] { "machine code", "emulator", "error" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        table.AddColumn("classes that differ most, in cycles of the emulator's more");
        foreach (Outcome o in outcomes)
        {
            table.AddRow(
                o.Case.Kernel,
                o.Case.Shape,
                Markup.Escape(o.Difference ?? "equal"),
                Number(o.TracedCycles),
                Number(o.EmulatedCycles),
                Percent(o.Error),
                Markup.Escape(Differences(o)));
        }
        return table;
    }

    public static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture);

    private static string Differences(Outcome o) => string.Join(", ", Histogram.Classes
        .Select(c => (Class: c, Cycles: (o.Counted[c] - o.Traced[c]) * o.Prices[c]))
        .Where(d => d.Cycles != 0)
        .OrderByDescending(d => Math.Abs(d.Cycles))
        .Take(3)
        .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Class} {d.Cycles:+#,0;-#,0}")));
}
