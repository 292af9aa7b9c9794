using System.CommandLine;
using System.Reflection;
using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Reports;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Trainings;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using Spectre.Console;

namespace NeuroHal.Calibration;

/// <summary>The options, and what becomes of errors: one line and an exit code.</summary>
internal static class CommandLine
{
    private const int TableWidth = 200;
    private const int Differs = 1;
    private const int Failed = 2;
    private const int DefaultSeed = 1;
    private const double Tolerance = 0.05;
    private const double TrainingTolerance = 0.03;
    private const int Samples = 200;
    private const int QuickSamples = 20;

    private static readonly string _sources = typeof(CommandLine).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Sources").Value!;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var root = new RootCommand(
            "Runs each kernel in C, and a training of them, as machine code of the Cortex-M4F and compares outputs and cycles with "
            + "the emulator's; 1 is returned where an output differs or cycles are too far apart, 2 where it could not be done.");
        Option<string> only = new("--case") { Description = "The kernel, or the start of kernel/shape; prints it in detail", DefaultValueFactory = _ => "" };
        Option<bool> verbose = new("--verbose") { Description = "Print each case class by class, and its code instruction by instruction" };
        Option<bool> quick = new("--quick") { Description = "Few shapes of each kernel" };
        Option<string> optimisation = new("--optimisation") { Description = "The C compiler's level", DefaultValueFactory = _ => Build.Default.Optimisation };
        Option<string[]> defines = new("--define") { Description = "A name to define for the C compiler, such as SOFTWARE_RANDOM", DefaultValueFactory = _ => [] };
        Option<int> seed = new("--seed") { Description = "What shapes and contents are drawn by", DefaultValueFactory = _ => DefaultSeed };
        Option<bool> floatLoads = new("--float-loads-pair") { Description = "Read the manual so that VLDR and VSTR pair up as LDR and STR do" };
        Option<bool> transfers = new("--transfers-take-one-cycle") { Description = "Take a move between register files as 1 cycle, not the manual's 2" };
        Option<string> dataset = new("--dataset") { Description = "What the training is on", DefaultValueFactory = _ => DatasetCatalog.Auto };
        Option<string> dump = new("--dump") { Description = "Write both sides' counts of each case to this file as JSON", DefaultValueFactory = _ => "" };
        Option<bool> write = new("--write") { Description = "Write docs/calibration.md instead" };
        foreach (Option option in new Option[] { only, verbose, quick, optimisation, defines, seed, floatLoads, transfers, dataset, dump, write })
        {
            root.Options.Add(option);
        }
        root.SetAction(async (parsed, cancellation) =>
        {
            var rules = new TimingRules { FloatLoadsPair = parsed.GetValue(floatLoads), TransfersTakeOneCycle = parsed.GetValue(transfers) };
            string name = parsed.GetValue(only)!;
            int number = parsed.GetValue(seed);
            KernelCase[] cases = Select(AllCases.Of(number, parsed.GetValue(quick)), name);
            var runner = new CaseRunner(_sources, number);
            async Task<TrainingOutcome> Train(Build build, params IEnumerable<TimingRules> others)
            {
                Dataset set = await new DatasetCatalog(DatasetEnvironment.OfProcess())
                    .LoadAsync(parsed.GetValue(dataset)!, (ulong)number, cancellation: cancellation);
                return new TrainingRunner(_sources).Run(build, set, parsed.GetValue(quick) ? QuickSamples : Samples, others);
            }
            if (parsed.GetValue(write))
            {
                TrainingOutcome training = await Train(Build.Default, TimingRules.Others.Select(o => o.Rules));
                string text = new CalibrationDocument(runner, new CodeSizes(_sources), cases).Write(training);
                await File.WriteAllTextAsync(Path.Combine(_sources, "..", "docs", "calibration.md"), text, cancellation);
                return 0;
            }
            var build = new Build(parsed.GetValue(optimisation)!, parsed.GetValue(defines)!);
            IReadOnlyList<Outcome> outcomes = runner.Run(build, cases, rules).Readings[0];
            if (parsed.GetValue(dump)!.Length > 0)
            {
                CountsFile.Write(parsed.GetValue(dump)!, outcomes);
            }
            bool close = Print(outcomes, parsed.GetValue(verbose) || name.Length > 0);
            return (name.Length > 0 || Print(await Train(build))) && close ? 0 : Differs;
        });
        ParseResult arguments = root.Parse(args);
        if (arguments.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{arguments.Errors[0].Message} See --help.");
            return Failed;
        }
        try
        {
            return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (NeuroHalException e)
        {
            await Console.Error.WriteLineAsync(e.Message.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static KernelCase[] Select(IReadOnlyList<KernelCase> cases, string name) =>
        cases.Where(c => c.IsCalled(name)).ToArray() is { Length: > 0 } found
            ? found
            : throw new BadArgumentException($"There is no case '{name}'; the kernels are {string.Join(", ", cases.Select(c => c.Kernel).Distinct())}.");

    private static bool Print(IReadOnlyList<Outcome> outcomes, bool detail)
    {
        AnsiConsole.Profile.Width = TableWidth;
        foreach (Outcome outcome in detail ? outcomes : [])
        {
            AnsiConsole.Write(CaseDetail.Classes(outcome));
            foreach (string line in CaseDetail.Code(outcome))
            {
                Console.WriteLine(line);
            }
        }
        AnsiConsole.Write(SummaryTable.Of(outcomes));
        foreach (IGrouping<string, Outcome> kernel in outcomes.GroupBy(o => o.Case.Kernel))
        {
            Outcome worst = kernel.MaxBy(o => Math.Abs(o.Error))!;
            Console.WriteLine($"{kernel.Key}: {kernel.Count(o => o.Difference is null)} of {kernel.Count()} outputs equal, "
                + $"worst error {SummaryTable.Percent(worst.Error)} ({worst.Case.Shape})");
        }
        return outcomes.All(o => o.Difference is null && o.IsWithin(Tolerance));
    }

    private static bool Print(TrainingOutcome training)
    {
        AnsiConsole.Write(TrainingTable.Of(training));
        Console.WriteLine(TrainingTable.Summary(training));
        return training.Difference is null && Math.Abs(training.Training.Error) <= TrainingTolerance;
    }
}
