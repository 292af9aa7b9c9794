using System.Globalization;
using NeuroHal.Calibration.Trainings;
using Spectre.Console;

namespace NeuroHal.Calibration.Reports;

/// <summary>A training kernel by kernel, in cycles per sample.</summary>
internal static class TrainingTable
{
    public static IReadOnlyList<string> Columns { get; } = ["cycles per sample", "calls", "machine code", "emulator", "error"];

    public static Table Of(TrainingOutcome training)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn(Columns[0]);
        foreach (string column in Columns.Skip(1))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (IReadOnlyList<string> row in Rows(training))
        {
            table.AddRow([.. row]);
        }
        return table;
    }

    public static IEnumerable<IReadOnlyList<string>> Rows(TrainingOutcome training)
    {
        TrainingPart part = training.Training;
        double samples = training.Samples;
        foreach (TrainedKernel kernel in part.Kernels.OrderByDescending(k => k.TracedCycles))
        {
            yield return Row(kernel.Name, kernel.Calls / samples, kernel.TracedCycles / samples, kernel.EmulatedCycles / samples);
        }
        yield return Row("the loop around them, calls", part.Calls / samples, part.TracedLoop / samples, part.EmulatedCalls / samples);
        yield return Row("all", part.Calls / samples, part.TracedCycles / samples, part.EmulatedCycles / samples);
        yield return ["starting transfers, not in all", "", "", SummaryTable.Number(part.Transfers / samples), ""];
        yield return Row("first connections, once", training.Start.Calls, training.Start.TracedCycles, training.Start.EmulatedCycles);
    }

    public static string Summary(TrainingOutcome t)
    {
        string call = t.TracedCall.ToString("0.0", CultureInfo.InvariantCulture);
        return $"DEEP R with the preset `paper`, {t.Samples} samples of {t.Set.Name}{(t.Set.Notice is null ? "" : $" ({t.Set.Notice})")}, one core: "
            + (t.Difference is null ? "connections, counts, tally and all other buffers are equal to the bit" : $"differs: {t.Difference}")
            + $"; the emulator's cycles are {SummaryTable.Percent(t.Training.Error)}. The loop around the kernels takes {call} cycles for each call of one, "
            + $"for which the emulator's constant is {SummaryTable.Number(t.Constants["timing.kernelCall"])}; what a kernel takes to begin and end is its own.";
    }

    private static string[] Row(string name, double calls, double traced, double emulated) =>
    [
        name,
        calls.ToString("0.##", CultureInfo.InvariantCulture),
        SummaryTable.Number(traced),
        SummaryTable.Number(emulated),
        SummaryTable.Percent((emulated / traced) - 1),
    ];
}
