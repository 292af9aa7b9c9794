using NeuroHal.Checkpoints;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Resuming;
using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Engines.Slurm;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Tables;

namespace NeuroHal.Cli.Sweeping;

/// <summary>What the verb <c>sweep</c> does with a sweep that is planned.</summary>
internal sealed class SweepActions(SweepSettings sweep, SweepPlan plan, Terminal terminal)
{
    private const int MostListed = 10;

    private static readonly TimeSpan _cancelWait = TimeSpan.FromMinutes(2);

    private readonly SweepFolder _folder = new(sweep.Output);

    /// <summary>Says what is to be run and what is there already.</summary>
    /// <returns>The runs that are due.</returns>
    public IReadOnlyList<PlannedRun> TellPlan(IReadOnlyList<SweepRow> rows)
    {
        string keys = string.Join(", ", plan.Keys.Select(k => $"{k} ({plan.Runs.Select(r => r.Values.GetValueOrDefault(k)).Distinct().Count()})"));
        terminal.Result($"Sweep {sweep.Name} in '{sweep.Output}': {plan.Runs.Count} run(s) over {keys}.");
        if (plan.Repeated > 0)
        {
            terminal.Result($"{plan.Repeated} combination(s) have the same settings as another; they are run once.");
        }
        terminal.Result(Counts(rows) + ".");
        SweepRow[] misfits = [.. rows.Where(r => r.Planned.DoesNotFit is not null)];
        foreach (IGrouping<string, SweepRow> alike in misfits.GroupBy(r => r.Planned.DoesNotFit!).Take(MostListed))
        {
            terminal.Result($"  {alike.Count()} do not fit, the first is {alike.First().Planned.Id} ({alike.First().Planned.Description}): {alike.Key}");
        }
        return misfits.Length == plan.Runs.Count
            ? throw new CapacityExceededException($"None of the {misfits.Length} run(s) fits its device. The first: {misfits[0].Planned.DoesNotFit}")
            : [.. rows.Where(r => r.Status is not (RunStatus.Done or RunStatus.DoesNotFit)).Select(r => r.Planned)];
    }

    /// <summary>Says how long it will take, as far as that is known.</summary>
    public async Task<Calibration?> TellCostAsync(IReadOnlyList<SweepRow> rows, IReadOnlyList<PlannedRun> due, bool measure, CancellationToken cancellation)
    {
        if (due.Count == 0)
        {
            return null;
        }
        Calibration? known = Calibration.OfDone(rows);
        if (known is null && measure)
        {
            known = await Calibration.MeasureAsync(due, ProgramCommand.OfThisProcess(), TimeProvider.System, cancellation);
        }
        if (known is not null)
        {
            CostEstimate cost = CostEstimate.Of(due, known.Costs, known.Basis);
            terminal.Result($"{due.Count} run(s) take about {Words(cost.Seconds)} of host time [{Words(cost.Low)}, {Words(cost.High)}], one after the other. "
                + $"Estimated from {cost.Basis}.");
        }
        return known;
    }

    /// <summary>Runs what is due, and leaves tables, summary and pictures, however it ends.</summary>
    public async Task<int> RunAsync(IReadOnlyList<PlannedRun> due, ISweepEngine engine, int retries, bool isDetached, CancellationToken cancellation)
    {
        using RunLock held = RunLock.Take(_folder.Root);
        _folder.Prepare(due);
        try
        {
            if (due.Count > 0)
            {
                await SweepProgress.ShowAsync(
                    terminal, _folder, plan.Runs.Count, plan.Runs.Count - due.Count, progress => engine.RunAsync(_folder, due, retries, progress, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            IReadOnlyList<SweepRow> rows = await SweepReport.WriteAsync(_folder, plan, sweep.Name);
            throw new RunInterruptedException($"Interrupted: {Counts(rows)}. "
                + (engine is SlurmEngine ? "What is with Slurm goes on; the same command picks it up, --status looks, --cancel ends it." : "The same command goes on."));
        }
        if (isDetached)
        {
            terminal.Result("The same command picks the results up, --status looks, --cancel ends it.");
            return Give(SweepRow.Read(_folder, plan), ExitCode.Done);
        }
        return Tell(await SweepReport.WriteAsync(_folder, plan, sweep.Name));
    }

    /// <summary>Says how the runs stand, and puts results that are there into the table.</summary>
    public async Task<int> TellStatusAsync(CancellationToken cancellation)
    {
        IReadOnlyList<SweepRow> rows = SweepRow.Read(_folder, plan);
        terminal.Result($"Sweep {sweep.Name} in '{sweep.Output}': {Counts(rows)}.");
        var batches = new SlurmBatches(_folder);
        if (batches.Names.Count > 0)
        {
            Dictionary<string, SlurmTask> live = await SlurmEngine.LiveAsync(new SlurmClient(CommandOutcome.OfAsync), batches, cancellation);
            string states = string.Join(", ", live.Values.GroupBy(t => t.State).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
            terminal.Result($"With Slurm: {(live.Count == 0 ? "nothing" : states)}.");
            rows = SweepRow.Read(_folder, plan);
        }
        TellLacking(rows.Where(r => r.Status == RunStatus.Failed));
        if (rows.Any(r => r.Result is not null) && !RunLock.IsHeld(_folder.Root))
        {
            using RunLock held = RunLock.Take(_folder.Root);
            await SweepReport.WriteAsync(_folder, plan, sweep.Name);
            terminal.Result($"Results so far: {Path.Combine(sweep.Output, SweepReport.Csv)}");
        }
        return Give(rows, ExitCode.Done);
    }

    /// <summary>Ends what Slurm has of the sweep.</summary>
    public async Task<int> CancelAsync(CancellationToken cancellation)
    {
        int ended = await SlurmEngine.CancelAsync(new SlurmClient(CommandOutcome.OfAsync), _folder, _cancelWait, TimeProvider.System, cancellation);
        terminal.Result($"Cancelled {ended} task(s) of Slurm. {Counts(SweepRow.Read(_folder, plan))}. What was begun is saved; the same sweep goes on with it.");
        return Give(SweepRow.Read(_folder, plan), ExitCode.Done);
    }

    /// <summary>Gives the sweep as a document: how each run stands, and what the table has of it first of all.</summary>
    /// <returns>The exit code that was given.</returns>
    public int Give(IReadOnlyList<SweepRow> rows, int code)
    {
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "sweep",
            sweep.Name,
            Folder = sweep.Output,
            Runs = rows.Select(r => new
            {
                r.Planned.Id,
                Status = SweepTable.Word(r.Status),
                Settings = r.Planned.Values.Select(v => new { v.Key, v.Value }),
                TestAccuracy = r.Result?.Accuracy.Test,
                r.Result?.Connections.MaxActive,
                r.MemoryBytes,
                DeviceSecondsTraining = r.Result?.Time.DeviceSecondsTraining,
                r.Result?.Energy?.Joules,
                HasDiverged = r.Result is null ? (bool?)null : r.Result.NonFinite is not null,
                r.Problem,
            }),
        });
        return code;
    }

    private int Tell(IReadOnlyList<SweepRow> rows)
    {
        terminal.Result($"{Counts(rows)}. Results: {SweepReport.Csv}, {SweepReport.Parquet}, {SweepReport.Sqlite}, {SweepReport.Summary} in '{sweep.Output}'.");
        return Give(rows, TellLacking(rows.Where(r => r.Status is not (RunStatus.Done or RunStatus.DoesNotFit))) ? ExitCode.Failed : ExitCode.Done);
    }

    private bool TellLacking(IEnumerable<SweepRow> rows)
    {
        SweepRow[] lacking = [.. rows];
        foreach (SweepRow row in lacking)
        {
            terminal.Error($"{row.Planned.Id} ({row.Planned.Description}) is {SweepTable.Word(row.Status)}: {row.Problem ?? "it left no word"} See {_folder.LogFile(row.Planned.Id)}");
        }
        return lacking.Length > 0;
    }

    private static string Counts(IReadOnlyList<SweepRow> rows) =>
        string.Join(", ", rows.GroupBy(r => r.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {SweepTable.Word(g.Key)}"));

    private static string Words(double seconds) => seconds switch
    {
        < 100 => Figures.Invariant($"{seconds:0.0} s"),
        < 6000 => Figures.Invariant($"{seconds / 60:0.0} min"),
        _ => Figures.Invariant($"{seconds / 3600:0.0} h"),
    };
}
