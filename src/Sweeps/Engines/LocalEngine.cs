using System.Diagnostics;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Engines;

/// <summary>
/// Runs on this machine, each in a process of its own. A process runs as long as its input is open: when this one ends, in whatever way, they
/// save themselves and end too.
/// </summary>
/// <param name="program">The program to start.</param>
/// <param name="parallel">How many processes at a time.</param>
/// <param name="time">The clock by which to wait.</param>
public sealed class LocalEngine(ProgramCommand program, int parallel, TimeProvider time) : ISweepEngine
{
    /// <summary>What it is called.</summary>
    public const string Name = "local";

    /// <summary>The option of <see cref="ProgramCommand.RunVerb"/> that has it end with its input.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Lock _observing = new();

    /// <inheritdoc/>
    public async Task RunAsync(SweepFolder folder, IReadOnlyList<PlannedRun> due, int retries, ISweepObserver observer, CancellationToken cancellation)
    {
        // Not cancelled by the token: what runs is waited for while it saves itself.
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = parallel },
            async (run, _) => await RunToEndAsync(folder, run, retries, observer, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task RunToEndAsync(SweepFolder folder, PlannedRun run, int retries, ISweepObserver observer, CancellationToken cancellation)
    {
        int failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            await RunOnceAsync(folder, run, cancellation).ConfigureAwait(false);
            RunStatus status = folder.StatusOf(run);
            if (status == RunStatus.Running)
            {
                await Task.Delay(_pause, time, CancellationToken.None).ConfigureAwait(false); // a process of an earlier sweep still has it
            }
            else if (status is RunStatus.Done or RunStatus.DoesNotFit || (!cancellation.IsCancellationRequested && ++failures > retries))
            {
                lock (_observing)
                {
                    observer.Ended(run, status);
                }
                return;
            }
        }
    }

    private async Task RunOnceAsync(SweepFolder folder, PlannedRun run, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            program.File, [.. program.Arguments, ProgramCommand.RunVerb, folder.Root, run.Id, "--engine", Name, UntilInputEnds])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var log = new StreamWriter(new FileStream(folder.LogFile(run.Id), FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        using Process process = Process.Start(start)!;
        void Log(object sender, DataReceivedEventArgs line)
        {
            lock (log)
            {
                log.WriteLine(line.Data);
            }
        }

        process.OutputDataReceived += Log;
        process.ErrorDataReceived += Log;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => process.StandardInput.Close()))
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
