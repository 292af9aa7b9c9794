using NeuroHal.Results;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Tables;

/// <summary>One run and what it came to.</summary>
/// <param name="Planned">What it was meant to be.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Result">Its result; null while there is none, and where it cannot be read.</param>
/// <param name="Attempts">The times it was begun.</param>
/// <param name="Problem">Why there is no result, in one line; null where there is one, and where nothing is known.</param>
public sealed record SweepRow(PlannedRun Planned, RunStatus Status, RunRecord? Result, IReadOnlyList<Attempt> Attempts, string? Problem)
{
    /// <summary>The last time it was begun; null where it never was.</summary>
    public Attempt? LastAttempt => Attempts is [.., var last] ? last : null;

    /// <summary>Bytes in use of the fullest core's memory; null without a result.</summary>
    public long? MemoryBytes => Result?.Memory.Cores.Max(c => c.UsedBytes);

    /// <summary>Whether time and energy are the model's, and so the same wherever they are computed.</summary>
    public bool IsModelled => Result is { Backend.Kind: DeviceKind.Emulation };

    /// <summary>Reads what a sweep's folder has of its runs.</summary>
    public static IReadOnlyList<SweepRow> Read(SweepFolder folder, SweepPlan plan) => [.. plan.Runs.Select(run => Read(folder, run))];

    /// <summary>Reads what a sweep's folder has of one run.</summary>
    public static SweepRow Read(SweepFolder folder, PlannedRun run)
    {
        RunStatus status = folder.StatusOf(run);
        IReadOnlyList<Attempt> attempts = folder.Attempts(run.Id);
        try
        {
            return status == RunStatus.Done
                ? new SweepRow(run, status, RunDirectory.Read(folder.RunFolder(run.Id))[0].Run, attempts, null)
                : new SweepRow(run, status, null, attempts, run.DoesNotFit ?? (attempts is [.., var last] ? last.Error : null));
        }
        catch (NeuroHalException e)
        {
            return new SweepRow(run, RunStatus.Failed, null, attempts, e.Message);
        }
    }
}
