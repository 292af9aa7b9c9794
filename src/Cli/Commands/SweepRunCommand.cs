using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Settings;
using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Engines.Slurm;
using NeuroHal.Sweeps.Folders;

namespace NeuroHal.Cli.Commands;

/// <summary>
/// One run of a sweep, as an engine starts it: claims the run, begins it or goes on with it, and writes down what came of it.
/// </summary>
internal static class SweepRunCommand
{
    // A process that was told to end may be saving yet; one that only looks is gone sooner.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static Command Create(Terminal terminal)
    {
        Argument<string> root = new("ROOT") { Description = "The sweep's folder" };
        Argument<string?> id = new("ID") { Description = "The run", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> batch = new("--batch") { Description = "The list of runs, of which SLURM_ARRAY_TASK_ID says the line" };
        Option<string> engine = new("--engine") { Description = "Who started it", DefaultValueFactory = _ => LocalEngine.Name };
        Option<bool> untilInputEnds = new(LocalEngine.UntilInputEnds) { Description = "Save and end when the input ends" };
        var command = new Command(ProgramCommand.RunVerb, "Run one run of a sweep; started by the engines") { root, id, batch, engine, untilInputEnds };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = new SweepFolder(parsed.GetValue(root)!);
            string run = parsed.GetValue(batch) is { } list ? OfTask(list) : parsed.GetValue(id) ?? throw new BadArgumentException("Neither ID nor --batch is given.");
            if (run != Path.GetFileName(run) || !File.Exists(folder.SettingsFile(run)))
            {
                throw new BadArgumentException($"'{folder.Root}' has no run '{run}'.");
            }
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(untilInputEnds))
            {
                _ = Task.Run(() => EndWithInput(ended), CancellationToken.None);
            }
            return await RunAsync(folder, run, parsed.GetValue(engine)!, terminal, ended.Token);
        });
        return command;
    }

    private static async Task<int> RunAsync(SweepFolder folder, string id, string engine, Terminal terminal, CancellationToken cancellation)
    {
        using RunLock? claim = await RunClaim.TakeAsync(folder, id, _patience, TimeProvider.System, cancellation);
        if (claim is null || folder.IsDone(id))
        {
            terminal.Talk(claim is null ? $"{id} is being run by another process." : $"{id} has a result already.");
            return ExitCode.Done;
        }
        bool resumes = folder.HasCheckpoint(id);
        var attempt = new Attempt
        {
            Number = folder.Attempts(id) is [.., var last] ? last.Number + 1 : 1,
            Engine = engine,
            Node = Environment.GetEnvironmentVariable("SLURMD_NODENAME") is { Length: > 0 } node ? node : Environment.MachineName,
            Job = Environment.GetEnvironmentVariable("SLURM_JOB_ID"),
            Started = TimeProvider.System.GetUtcNow(),
            IsResumed = resumes,
        };
        folder.Write(id, attempt);
        IConfiguration configuration = new ConfigurationBuilder()
            .AddConfiguration(LayeredConfiguration.OfFile(folder.SettingsFile(id)))
            .AddInMemoryCollection([new(resumes ? ConfigurationKeys.Resume : ConfigurationKeys.Output, folder.RunFolder(id))])
            .Build();
        (int code, string? error) = (ExitCode.Failed, null);
        try
        {
            code = await TrainCommand.RunAsync(configuration, terminal, cancellation);
            return folder.IsDone(id) ? ExitCode.Done : code; // that training diverged is a result, which the table has
        }
        catch (Exception e)
        {
            (code, error) = (CommandLine.CodeOf(e), PrintableLine.Of(e.Message));
            throw;
        }
        finally
        {
            using var self = Process.GetCurrentProcess();
            folder.Write(id, attempt with
            {
                WallSeconds = (TimeProvider.System.GetUtcNow() - self.StartTime.ToUniversalTime()).TotalSeconds,
                ExitCode = code,
                Error = error,
                PeakBytes = self.PeakWorkingSet64,
            });
        }
    }

    /// <summary>The run of this task of a job array.</summary>
    private static string OfTask(string list)
    {
        string? index = Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID");
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int line) && File.Exists(list) && SlurmBatches.RunAt(list, line) is { } run
            ? run
            : throw new BadArgumentException($"SLURM_ARRAY_TASK_ID is '{index}'; '{list}' has no run there.");
    }

    private static void EndWithInput(CancellationTokenSource ended)
    {
        try
        {
            using Stream input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run was done first.
        }
    }
}
