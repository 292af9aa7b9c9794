using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Engines.Slurm;

/// <summary>How a sweep uses a cluster.</summary>
/// <param name="Sbatch">Options of sbatch, by their long names.</param>
/// <param name="AtOnce">How many tasks may run at once; null for as many as Slurm lets.</param>
/// <param name="Poll">How often to look.</param>
/// <param name="IsDetached">Whether to submit and leave.</param>
public sealed record SlurmUse(IReadOnlyDictionary<string, string> Sbatch, int? AtOnce, TimeSpan Poll, bool IsDetached);

/// <summary>
/// Submits runs to Slurm as job arrays. What is to be run where and when is Slurm's affair; how a run stands is in the sweep's folder. So the process
/// that submitted may end: another finds its jobs by their names, and submits what has neither a result nor a task.
/// </summary>
/// <param name="slurm">Slurm.</param>
/// <param name="program">The program, as the nodes find it.</param>
/// <param name="use">How to use it.</param>
/// <param name="time">The clock by which to wait.</param>
public sealed class SlurmEngine(SlurmClient slurm, ProgramCommand program, SlurmUse use, TimeProvider time) : ISweepEngine
{
    /// <summary>What it is called.</summary>
    public const string Name = "slurm";

    // What a task gets unless the user says otherwise.
    private static readonly Dictionary<string, string> _defaults = new() { ["cpus-per-task"] = "1", ["mem"] = "2G" };

    // A controller that is restarted is away for so many looks without that being an error.
    private const int MostSilences = 60;

    // Slurm may have done with a task before its result is to be seen from here.
    private const int LooksUntilGone = 3;

    /// <inheritdoc/>
    public async Task RunAsync(SweepFolder folder, IReadOnlyList<PlannedRun> due, int retries, ISweepObserver observer, CancellationToken cancellation)
    {
        var batches = new SlurmBatches(folder);
        batches.ClearCancelled();
        var live = await LiveAsync(slurm, batches, cancellation).ConfigureAwait(false);
        Dictionary<string, Pending> pending = due.ToDictionary(r => r.Id, r => new Pending(r));
        PlannedRun[] fresh = [.. due.Where(r => !live.ContainsKey(r.Id))];
        if (fresh.Length < due.Count)
        {
            observer.Note($"{due.Count - fresh.Length} run(s) are with Slurm already.");
        }
        await SubmitAsync(folder, batches, fresh, pending, observer, cancellation).ConfigureAwait(false);
        int silences = 0;
        bool toldOfHeld = false;
        while (!use.IsDetached && pending.Count > 0)
        {
            await Task.Delay(use.Poll, time, cancellation).ConfigureAwait(false);
            if (batches.IsCancelled)
            {
                throw new OperationCanceledException();
            }
            try
            {
                live = await LiveAsync(slurm, batches, cancellation).ConfigureAwait(false);
                silences = 0;
            }
            catch (SlurmException e) when (++silences < MostSilences)
            {
                if (silences == 1)
                {
                    observer.Note($"{e.Message}; waiting for Slurm.");
                }
                continue;
            }
            SlurmTask[] held = [.. live.Values.Where(t => t.IsHeld)];
            if (held.Length > 0 && !toldOfHeld)
            {
                observer.Note($"{held.Length} task(s) are held by Slurm ({held[0].Reason}), the first is {held[0].Job}_{held[0].Index}; 'scontrol release' lets them go on.");
                toldOfHeld = true;
            }
            PlannedRun[] again = [.. pending.Values.ToArray().Where(p => Look(folder, p, live, retries, pending, observer)).Select(p => p.Run)];
            await TellEndsAsync(again, pending, observer, cancellation).ConfigureAwait(false);
            await SubmitAsync(folder, batches, again, pending, observer, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The tasks that Slurm has not done with, by run.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public static async Task<Dictionary<string, SlurmTask>> LiveAsync(SlurmClient slurm, SlurmBatches batches, CancellationToken cancellation)
    {
        var live = new Dictionary<string, SlurmTask>();
        foreach (SlurmTask task in await slurm.QueueAsync(batches.Names, cancellation).ConfigureAwait(false))
        {
            if (batches.RunOf(task) is { } id)
            {
                live[id] = task;
            }
        }
        return live;
    }

    /// <summary>Ends all tasks of a sweep; those that run save themselves first.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="SlurmException">Slurm does not answer, or they do not end.</exception>
    public static async Task<int> CancelAsync(SlurmClient slurm, SweepFolder folder, TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        var batches = new SlurmBatches(folder);
        batches.MarkCancelled();
        var live = await LiveAsync(slurm, batches, cancellation).ConfigureAwait(false);
        int count = live.Count;
        if (count > 0)
        {
            await slurm.CancelAsync(live.Values.Select(t => t.Job).Distinct(), cancellation).ConfigureAwait(false);
        }
        long start = time.GetTimestamp();
        while (live.Count > 0)
        {
            if (time.GetElapsedTime(start) > wait)
            {
                throw new SlurmException($"{live.Count} task(s) have not ended after {wait.TotalSeconds:0} s; look with squeue.");
            }
            await Task.Delay(TimeSpan.FromSeconds(0.5), time, cancellation).ConfigureAwait(false);
            live = await LiveAsync(slurm, batches, cancellation).ConfigureAwait(false);
        }
        return count;
    }

    /// <summary>Sees how a run stands.</summary>
    /// <returns>Whether it is to be submitted again.</returns>
    private static bool Look(
        SweepFolder folder, Pending pending, Dictionary<string, SlurmTask> live, int retries, Dictionary<string, Pending> all, ISweepObserver observer)
    {
        PlannedRun run = pending.Run;
        pending.LooksWithoutTask = live.ContainsKey(run.Id) ? 0 : pending.LooksWithoutTask + 1;
        bool isDone = folder.IsDone(run.Id);
        if (!isDone && pending.LooksWithoutTask < LooksUntilGone)
        {
            return false;
        }
        RunStatus status = folder.StatusOf(run);
        if (status == RunStatus.Running)
        {
            return false; // a task that Slurm gave up has not ended yet
        }
        // One that was told to end, by a time limit or for another's sake, and came further, has not failed.
        bool cameFurther = folder.NewestCheckpoint(run.Id) != pending.Checkpoint
            && folder.Attempts(run.Id) is [.., { ExitCode: SweepFolder.Interrupted }];
        if (status is RunStatus.Done or RunStatus.DoesNotFit || (!cameFurther && ++pending.Failures > retries))
        {
            all.Remove(run.Id);
            observer.Ended(run, status);
            return false;
        }
        return true;
    }

    private async Task SubmitAsync(
        SweepFolder folder, SlurmBatches batches, PlannedRun[] runs, Dictionary<string, Pending> pending, ISweepObserver observer, CancellationToken cancellation)
    {
        if (runs.Length == 0)
        {
            return;
        }
        string script = batches.WriteScript(program);
        int most = await slurm.MostTasksAsync(cancellation).ConfigureAwait(false);
        var options = new Dictionary<string, string>(_defaults.Where(d => !use.Sbatch.Keys.Any(k => k.StartsWith(d.Key, StringComparison.Ordinal))));
        foreach (PlannedRun[] part in runs.Chunk(most))
        {
            (string name, string file) = batches.Add([.. part.Select(r => r.Id)]);
            foreach (PlannedRun run in part)
            {
                pending[run.Id].Checkpoint = folder.NewestCheckpoint(run.Id); // before a task can have come further
            }
            string job = await slurm.SubmitAsync(name, part.Length, use.AtOnce, batches.LogPattern, options.Concat(use.Sbatch), [script, file], cancellation).ConfigureAwait(false);
            foreach ((int index, PlannedRun run) in part.Index())
            {
                Pending one = pending[run.Id];
                (one.Job, one.Index, one.LooksWithoutTask) = (job, index, 0);
            }
            observer.Note($"Submitted {part.Length} run(s) to Slurm as job {job}.");
        }
    }

    /// <summary>Says how tasks ended that are to be submitted again, where Slurm knows.</summary>
    private async Task TellEndsAsync(PlannedRun[] again, Dictionary<string, Pending> pending, ISweepObserver observer, CancellationToken cancellation)
    {
        string[] jobs = [.. again.Select(r => pending[r.Id].Job).OfType<string>().Distinct()];
        if (jobs.Length == 0)
        {
            return;
        }
        IReadOnlyDictionary<(string, int), string> ends = await slurm.EndsAsync(jobs, cancellation).ConfigureAwait(false);
        foreach (PlannedRun run in again)
        {
            string how = pending[run.Id].Job is { } job && ends.TryGetValue((job, pending[run.Id].Index), out string? state) ? $" ({state})" : "";
            observer.Note($"{run.Id} ended without a result{how}; it is submitted again.");
        }
    }

    /// <summary>A run without a result yet.</summary>
    private sealed class Pending(PlannedRun run)
    {
        public PlannedRun Run => run;

        public string? Job { get; set; }

        public int Index { get; set; }

        public int Failures { get; set; }

        public int LooksWithoutTask { get; set; }

        public string? Checkpoint { get; set; }
    }
}
