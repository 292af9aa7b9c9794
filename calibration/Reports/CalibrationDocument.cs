using System.Globalization;
using System.Text;
using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Trainings;

namespace NeuroHal.Calibration.Reports;

/// <summary>All that was found, as <c>docs/calibration.md</c>.</summary>
internal sealed class CalibrationDocument(CaseRunner runner, CodeSizes sizes, IReadOnlyList<KernelCase> cases)
{
    private readonly StringBuilder _text = new();

    /// <summary>Runs everything the document tells of.</summary>
    /// <param name="training">A training to tell of as well.</param>
    /// <returns>Its text.</returns>
    public string Write(TrainingOutcome training)
    {
        TimingRules[] others = [.. TimingRules.Others.Select(o => o.Rules)];
        CaseResults results = runner.Run(Build.Default, cases, [TimingRules.Manual, .. others]);
        IReadOnlyList<Outcome> outcomes = results.Readings[0];
        _text.Append(CalibrationText.Method);
        Kernels(outcomes);
        Comparison(outcomes);
        Classes(outcomes);
        Training(training);
        Sensitivity(results.Readings, training);
        Software(outcomes, training.Constants);
        Builds(results);
        _text.Append(CalibrationText.Outside);
        return _text.ToString();
    }

    private void Kernels(IReadOnlyList<Outcome> outcomes)
    {
        Heading("Kernel by kernel");
        Row("kernel", "shapes", "outputs equal", "worst error", "at", "all shapes together");
        Row("---", "---:", "---:", "---:", "---", "---:");
        foreach (IGrouping<string, Outcome> kernel in outcomes.GroupBy(o => o.Case.Kernel))
        {
            Outcome worst = kernel.MaxBy(o => Math.Abs(o.Error))!;
            Row(
                kernel.Key,
                Text(kernel.Count()),
                Text(kernel.Count(o => o.Difference is null)),
                SummaryTable.Percent(worst.Error),
                worst.Case.Shape,
                SummaryTable.Percent((kernel.Sum(o => o.EmulatedCycles) / kernel.Sum(o => o.TracedCycles)) - 1));
        }
        Line();
    }

    private void Comparison(IReadOnlyList<Outcome> outcomes)
    {
        Heading("Shape by shape");
        Row("kernel", "shape", "output", "machine code, cycles", "emulator, cycles", "error");
        Row("---", "---", "---", "---:", "---:", "---:");
        foreach (Outcome o in outcomes)
        {
            Row(o.Case.Kernel, o.Case.Shape, o.Difference ?? "equal", SummaryTable.Number(o.TracedCycles), SummaryTable.Number(o.EmulatedCycles), SummaryTable.Percent(o.Error));
        }
        Line();
    }

    /// <summary>Each kernel's classes, summed over its shapes.</summary>
    private void Classes(IReadOnlyList<Outcome> outcomes)
    {
        Heading("Class by class");
        Line("Cycles of each class, all shapes of a kernel together, where the two sides differ.");
        Line();
        Row("kernel", "class", "machine code", "emulator");
        Row("---", "---", "---:", "---:");
        foreach (IGrouping<string, Outcome> kernel in outcomes.GroupBy(o => o.Case.Kernel))
        {
            foreach (OperationClass c in Histogram.Classes)
            {
                double traced = kernel.Sum(o => o.Traced[c] * o.Prices[c]);
                double counted = kernel.Sum(o => o.Counted[c] * o.Prices[c]);
                if (traced != counted)
                {
                    Row(kernel.Key, c.ToString(), SummaryTable.Number(traced), SummaryTable.Number(counted));
                }
            }
        }
        Line();
    }

    private void Training(TrainingOutcome training)
    {
        Heading("A training");
        Line(TrainingTable.Summary(training));
        Line();
        Row(TrainingTable.Columns);
        Row(TrainingTable.Columns.Select((_, i) => i == 0 ? "---" : "---:"));
        foreach (IReadOnlyList<string> row in TrainingTable.Rows(training))
        {
            Row(row);
        }
        Line();
    }

    private void Sensitivity(IReadOnlyList<IReadOnlyList<Outcome>> readings, TrainingOutcome training)
    {
        Heading("Other readings of the manual");
        Line("The machine code's cycles, all shapes of a kernel together, where the manual is read in another way.");
        Line();
        Row(["kernel", .. TimingRules.Others.Select(o => o.Name)]);
        Row(["---", .. TimingRules.Others.Select(_ => "---:")]);
        foreach (string kernel in cases.Select(c => c.Kernel).Distinct())
        {
            double Cycles(IReadOnlyList<Outcome> reading) => reading.Where(o => o.Case.Kernel == kernel).Sum(o => o.TracedCycles);
            Row([kernel, .. readings.Skip(1).Select(r => SummaryTable.Percent((Cycles(r) / Cycles(readings[0])) - 1))]);
        }
        Row(["the training", .. training.OtherReadings.Select(cycles => SummaryTable.Percent((cycles / training.Training.TracedCycles) - 1))]);
        Line();
    }

    private void Software(IReadOnlyList<Outcome> outcomes, IReadOnlyDictionary<string, double> constants)
    {
        Heading("Accelerators in software");
        Prices prices = outcomes[0].Prices;
        long exponentials = outcomes.Sum(o => o.Traced[OperationClass.Exponential]);
        double cycles = outcomes.Sum(o => o.Execution.Exponential.Cycles(prices));
        Line(exponentials == 0
            ? "No kernel takes an exponential."
            : $"An exponential takes {Text(cycles / exponentials, "0.0")} cycles in software, mean of {SummaryTable.Number(exponentials)}, the call not counted.");
        Line();
        KernelCase[] drawing = [.. outcomes.Where(o => o.Traced[OperationClass.RandomWord] > 0).Select(o => o.Case)];
        if (drawing.Length == 0)
        {
            Line("No kernel draws random words.");
            Line();
            return;
        }
        Line("Random words by the core instead of by the generator, the state of the streams compared as well. What a word takes is "
            + "what the kernels take more, and the read of the generator that they do without.");
        Line();
        Row("kernel", "words", "cycles for each", "outputs equal");
        Row("---", "---:", "---:", "---:");
        IReadOnlyList<Outcome> software = runner.Run(Build.SoftwareRandom, drawing, TimingRules.Manual).Readings[0];
        (Outcome Hardware, Outcome Software)[] pairs = [.. software.Select(s => (outcomes.Single(o => o.Case == s.Case), s))];
        foreach (var kernel in pairs.GroupBy(p => p.Hardware.Case.Kernel).Append(pairs.GroupBy(_ => "all").Single()))
        {
            long words = kernel.Sum(p => p.Hardware.Traced[OperationClass.RandomWord]);
            double more = kernel.Sum(p => p.Software.TracedCycles - p.Hardware.TracedCycles) + (words * prices[OperationClass.RandomWord]);
            Row(kernel.Key, SummaryTable.Number(words), Text(more / words, "0.0"), $"{kernel.Count(p => p.Software.Difference is null)} of {kernel.Count()}");
        }
        Line();
        Line($"The emulator takes {Text(constants["timing.randomSoftware"])} cycles for a random word and {Text(constants["timing.exponentialSoftware"])} "
            + "for an exponential where the core computes them.");
        Line();
    }

    private void Builds(CaseResults results)
    {
        Heading("Code size and optimisation");
        Line("Bytes of a program that trains and evaluates, code and constants, by object file, without what the linker finds that nothing "
            + "calls. A program for one number of lanes has no code for others; the last one neither evaluates nor has the kernels that "
            + "DEEP R with one sample at a time does without.");
        Line();
        foreach (IReadOnlyList<string> row in sizes.Rows())
        {
            Row(row);
        }
        Line();
        (string Name, CaseResults Results)[] builds =
            [.. Build.OtherLevels.Select(o => (o, runner.Run(new Build(o), cases, TimingRules.Manual)))];
        Row(["kernel", .. builds.Select(b => $"-{b.Name}, cycles to -O2's"), .. builds.Select(b => $"-{b.Name}, outputs equal")]);
        Row(["---", .. builds.Select(_ => "---:"), .. builds.Select(_ => "---:")]);
        foreach (string kernel in cases.Select(c => c.Kernel).Distinct())
        {
            Outcome[] Of(CaseResults r) => [.. r.Readings[0].Where(o => o.Case.Kernel == kernel)];
            double basis = Of(results).Sum(o => o.TracedCycles);
            Row(
            [
                kernel,
                .. builds.Select(b => SummaryTable.Percent((Of(b.Results).Sum(o => o.TracedCycles) / basis) - 1)),
                .. builds.Select(b => $"{Of(b.Results).Count(o => o.Difference is null)} of {Of(b.Results).Length}"),
            ]);
        }
        Line();
    }

    private void Heading(string text)
    {
        Line($"## {text}");
        Line();
    }

    private void Line(string text = "") => _text.Append(text).Append('\n');

    private void Row(params IEnumerable<string> cells) => Line($"| {string.Join(" | ", cells)} |");

    private static string Text(double value, string format = "0") => value.ToString(format, CultureInfo.InvariantCulture);
}
