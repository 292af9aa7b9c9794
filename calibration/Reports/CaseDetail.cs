using System.Globalization;
using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Tracing;
using Spectre.Console;

namespace NeuroHal.Calibration.Reports;

/// <summary>One case class by class, and its code instruction by instruction.</summary>
internal static class CaseDetail
{
    public static Table Classes(Outcome o)
    {
        Table table = new Table { Title = new TableTitle(Markup.Escape(o.Case.Name)), Border = TableBorder.Simple }.AddColumn("class");
        foreach (string column in new[] { "machine code", "emulator", "more", "cycles each", "machine code's", "emulator's", "more" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (OperationClass c in Histogram.Classes.Where(c => o.Traced[c] != 0 || o.Counted[c] != 0))
        {
            (long traced, long counted, double price) = (o.Traced[c], o.Counted[c], o.Prices[c]);
            Add(table, c.ToString(), traced, counted, price, traced * price, counted * price);
        }
        table.AddRow("", "", "", "", "", SummaryTable.Number(o.TracedCycles), SummaryTable.Number(o.EmulatedCycles), SummaryTable.Percent(o.Error));
        return table;
    }

    /// <summary>The executed functions, each instruction with its executions, its cycles and what they are.</summary>
    public static IEnumerable<string> Code(Outcome o)
    {
        Execution execution = o.Execution;
        foreach (Symbol function in execution.Functions)
        {
            double all = execution.Of(function).Cycles(o.Prices);
            yield return string.Create(CultureInfo.InvariantCulture, $"{function.Name}: {all:#,0} cycles{(function.Address == execution.Code.Exponential ? ", not counted above" : "")}");
            foreach (int place in execution.Places(function))
            {
                if (execution.ExecutionsAt(place) > 0)
                {
                    yield return Line(o, place);
                }
            }
            yield return "";
        }
    }

    private static string Line(Outcome o, int place)
    {
        var counts = new Histogram();
        counts.Add(o.Execution.CountsAt(place));
        string classes = string.Join(", ", Histogram.Classes
            .Where(c => counts[c] != 0)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c} {counts[c]:#,0}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{o.Execution.Code.AddressOf(place),8:x}  {o.Execution.Code.At(place).Text,-44} {o.Execution.ExecutionsAt(place),10:#,0} {counts.Cycles(o.Prices),10:#,0}  {classes}");
    }

    private static void Add(Table table, string name, long traced, long counted, double price, double tracedCycles, double countedCycles) => table.AddRow(
        name,
        SummaryTable.Number(traced),
        SummaryTable.Number(counted),
        Signed(counted - traced),
        price.ToString("0.##", CultureInfo.InvariantCulture),
        SummaryTable.Number(tracedCycles),
        SummaryTable.Number(countedCycles),
        Signed(countedCycles - tracedCycles));

    private static string Signed(double value) => value == 0 ? "" : value.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);
}
