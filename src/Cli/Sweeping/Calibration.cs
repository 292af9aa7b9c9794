using System.Diagnostics;
using System.Text.Json;
using NeuroHal.Cli.Settings;
using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Tables;

namespace NeuroHal.Cli.Sweeping;

/// <summary>What runs take on a host: seen of those that are done, else measured on a few that are cut short.</summary>
/// <param name="Costs">The costs, by backend.</param>
/// <param name="PeakBytes">The most memory that one of them held; null where that was not seen.</param>
/// <param name="Basis">How they were got.</param>
internal sealed record Calibration(IReadOnlyList<(string Backend, RunCost Cost)> Costs, long? PeakBytes, string Basis)
{
    // Enough to tell the start, some tenths of a second, from the samples.
    private const int LessSamples = 200;
    private const int MoreSamples = 3000;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    /// <summary>From the runs of a sweep that are done; null where there are none that went through in one piece.</summary>
    public static Calibration? OfDone(IReadOnlyList<SweepRow> rows)
    {
        (SweepRow Row, Attempt Attempt)[] whole =
        [
            .. rows.Where(r => r.Result is not null && r.Attempts is [{ WallSeconds: not null }]).Select(r => (r, r.Attempts[0])),
        ];
        return whole.Length == 0 ? null : new Calibration(
            [.. whole.Select(w => (w.Row.Planned.Backend, new RunCost(0, w.Attempt.WallSeconds!.Value / w.Row.Planned.Samples)))],
            whole.Max(w => w.Attempt.PeakBytes),
            $"seconds for each sample of {whole.Length} run(s) that are done: their mean [least, most]");
    }

    /// <summary>Measures a few runs, cut short to two lengths; their results are thrown away.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<Calibration?> MeasureAsync(IReadOnlyList<PlannedRun> due, ProgramCommand program, TimeProvider time, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("neurohal-calibration-").FullName;
        try
        {
            var costs = new List<(string, RunCost)>();
            long peak = 0;
            foreach (PlannedRun run in CostEstimate.Representatives(due))
            {
                string file = Path.Combine(folder, $"{run.Id}.json");
                File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(run.Settings));
                var lengths = new List<(double Samples, double Seconds)>();
                foreach (int wanted in new[] { LessSamples, MoreSamples })
                {
                    int limit = Math.Min(wanted, run.SamplesPerEpoch);
                    int epochs = Math.Clamp(wanted / limit, 1, run.Epochs);
                    if (lengths.Count == 0 || (double)limit * epochs > lengths[0].Samples)
                    {
                        (double seconds, long bytes) = await MeasureAsync(program, file, limit, epochs, time, cancellation);
                        lengths.Add(((double)limit * epochs, seconds));
                        peak = Math.Max(peak, bytes);
                    }
                }
                costs.Add((run.Backend, RunCost.Of(lengths[0], lengths[^1])));
            }
            return costs.Count == 0 ? null : new Calibration(
                costs, peak, $"{costs.Count} of the runs, cut short to {LessSamples} and {MoreSamples} samples and measured one after the other: by their mean cost [least, most]");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, long PeakBytes)> MeasureAsync(
        ProgramCommand program, string file, int limit, int epochs, TimeProvider time, CancellationToken cancellation)
    {
        string[] train =
        [
            "train", "--config", file, "--set", Reports.Figures.Invariant($"{ConfigurationKeys.DatasetLimit}={limit}"),
            "--set", Reports.Figures.Invariant($"{ConfigurationKeys.Epochs}={epochs}"),
        ];
        var start = new ProcessStartInfo(program.File, [.. program.Arguments, .. train]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string variable in start.Environment.Keys.Where(LayeredConfiguration.IsVariable).ToArray())
        {
            start.Environment.Remove(variable); // the file has it already, or has something else in its place
        }
        long began = time.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        long peak = 0;
        try
        {
            while (!process.HasExited)
            {
                cancellation.ThrowIfCancellationRequested();
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                await Task.Delay(_look, time, cancellation);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the two looks.
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        await process.WaitForExitAsync(cancellation);
        double seconds = time.GetElapsedTime(began).TotalSeconds;
        await output;
        string said = (await error).Trim();
        return process.ExitCode == 0
            ? (seconds, peak)
            : throw new BadArgumentException($"A run cut short, to measure by, ended with code {process.ExitCode}: {said.Split('\n')[^1]}");
    }
}
