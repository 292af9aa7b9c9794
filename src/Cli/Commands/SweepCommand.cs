using System.CommandLine;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Settings;
using NeuroHal.Cli.Sweeping;
using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Engines.Slurm;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Specification;
using NeuroHal.Sweeps.Tables;

namespace NeuroHal.Cli.Commands;

internal static class SweepCommand
{
    private const int MostAtOnce = 10_000;
    private const double MostPollSeconds = 3600;
    private const double DefaultPollSeconds = 5;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("sweep", "Train many times, with settings that differ, here or on a cluster, and put the results into one table");
        Argument<string> spec = new("SPEC") { Description = $"Configuration file with a section '{SpecReader.Section}' (docs/sweeps.md)" };
        Option<string?> engine = new("--engine") { Description = "local or slurm [default: local]", HelpName = "NAME" };
        Option<int?> parallel = new("--parallel") { Description = "Runs at a time [default: as many as processors and memory allow; with slurm, as many as it lets]", HelpName = "N" };
        Option<int?> retry = new("--retry") { Description = "How often a run that failed or was killed is begun again [default: 1]", HelpName = "N" };
        Option<bool> dryRun = new("--dry-run") { Description = "Show the plan and what it would take, and do nothing" };
        Option<bool> noEstimate = new("--no-estimate") { Description = "Do not measure what runs take" };
        Option<bool> detach = new("--detach") { Description = "With slurm: submit, and do not wait" };
        Option<bool> status = new("--status") { Description = "Show how the runs stand" };
        Option<bool> cancel = new("--cancel") { Description = "End what Slurm has of this sweep" };
        Option<double?> poll = new("--poll") { Description = "With slurm: seconds between looks [default: 5]", HelpName = "SECONDS" };
        Option<string[]> sbatch = new("--sbatch") { Description = "With slurm: an option of sbatch, such as partition=long", HelpName = "NAME=VALUE" };
        engine.CompletionSources.Add(LocalEngine.Name, SlurmEngine.Name);
        command.Arguments.Add(spec);
        foreach (Option option in new Option[] { engine, parallel, retry, dryRun, noEstimate, detach, status, cancel, poll, sbatch })
        {
            command.Options.Add(option);
        }
        var options = new RunOptions(command, OptionGroups.Trace, hasFile: true);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Where to train [default: SpiNNaker2Emu]");
        command.GivesJson().WithExamples(
            ("sweep spec.json --dry-run", "What would be run, and what that would take."),
            ("sweep spec.json", "Run it here; the same command goes on with what is left."),
            ("sweep spec.json --engine slurm --detach", "Submit it to Slurm; --status looks, the same command without --detach waits."));
        command.SetAction(async (parsed, cancellation) =>
        {
            SweepSettings sweep = SweepSettings.Read(parsed.GetValue(spec)!, options.Given(parsed));
            bool looksOnly = parsed.GetValue(status) || parsed.GetValue(cancel);
            Func<int, ISweepEngine> choose = Engine(
                parsed.GetValue(engine) ?? LocalEngine.Name, parsed.GetValue(parallel), parsed.GetValue(detach), parsed.GetValue(poll) ?? DefaultPollSeconds, parsed.GetValue(sbatch) ?? [], sweep);
            int retries = (parsed.GetValue(retry) ?? 1) is >= 0 and var given ? given : throw new BadArgumentException("--retry must be at least 0.");
            SweepPlan plan = await new SweepPlanner(terminal).PlanAsync(sweep, checkFit: !looksOnly, cancellation);
            var actions = new SweepActions(sweep, plan, terminal);
            if (looksOnly)
            {
                return parsed.GetValue(cancel) ? await actions.CancelAsync(cancellation) : await actions.TellStatusAsync(cancellation);
            }
            IReadOnlyList<SweepRow> rows = SweepRow.Read(new SweepFolder(sweep.Output), plan);
            IReadOnlyList<PlannedRun> due = actions.TellPlan(rows);
            Calibration? known = await actions.TellCostAsync(rows, due, !parsed.GetValue(noEstimate), cancellation);
            return parsed.GetValue(dryRun)
                ? actions.Give(rows, ExitCode.Done)
                : await actions.RunAsync(due, choose(parsed.GetValue(parallel) ?? HostCapacity.Parallel(known?.PeakBytes)), retries, parsed.GetValue(detach), cancellation);
        });
        return command;
    }

    /// <summary>Checks what is said of the engine; what makes it needs to know how many runs go at a time here.</summary>
    private static Func<int, ISweepEngine> Engine(string name, int? parallel, bool detach, double poll, string[] sbatch, SweepSettings sweep)
    {
        if (parallel is < 1 or > MostAtOnce)
        {
            throw new BadArgumentException($"--parallel is {parallel}; it must be 1 to {MostAtOnce}.");
        }
        switch (name)
        {
            case LocalEngine.Name when detach || sbatch.Length > 0:
                throw new BadArgumentException("--detach and --sbatch are for --engine slurm.");
            case LocalEngine.Name:
                return atOnce => new LocalEngine(ProgramCommand.OfThisProcess(), atOnce, TimeProvider.System);
            case SlurmEngine.Name when poll is > 0 and <= MostPollSeconds:
                var given = new Dictionary<string, string>(sweep.Spec.Slurm);
                foreach (string option in sbatch)
                {
                    string[] parts = option.Split('=', 2);
                    (string key, string value) = SpecReader.SlurmOption(parts[0], parts.Length == 2 ? parts[1] : "true", "--sbatch");
                    given[key] = value;
                }
                var use = new SlurmUse(given, parallel, TimeSpan.FromSeconds(poll), detach);
                return _ => new SlurmEngine(new SlurmClient(CommandOutcome.OfAsync), ProgramCommand.OfThisProcess(), use, TimeProvider.System);
            case SlurmEngine.Name:
                throw new BadArgumentException(Reports.Figures.Invariant($"--poll is {poll}; it must be more than 0 and at most {MostPollSeconds} seconds."));
            default:
                throw new BadArgumentException($"--engine is '{name}'; it must be {LocalEngine.Name} or {SlurmEngine.Name}.");
        }
    }
}
