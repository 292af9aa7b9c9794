using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroHal.Sweeps.Engines.Slurm;

/// <summary>A task of a job array that Slurm has not done with.</summary>
/// <param name="Job">The array's job.</param>
/// <param name="JobName">Its name.</param>
/// <param name="Index">Its place in the array.</param>
/// <param name="State">Such as <c>PENDING</c> or <c>RUNNING</c>.</param>
/// <param name="Reason">Why it waits, in Slurm's word.</param>
/// <param name="Node">Where it runs; empty while it does not.</param>
public sealed record SlurmTask(string Job, string JobName, int Index, string State, string Reason, string Node)
{
    /// <summary>Whether it waits for somebody to release it.</summary>
    public bool IsHeld => Reason.Contains("held", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Slurm, by its own commands.</summary>
/// <param name="run">Runs them.</param>
public sealed partial class SlurmClient(RunCommand run)
{
    // What Slurm has where nobody configured it.
    private const int DefaultArraySize = 1001;

    /// <summary>Submits a job array.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="tasks">How many tasks, numbered from 0.</param>
    /// <param name="atOnce">How many may run at once; null for no bound.</param>
    /// <param name="log">The pattern of the file that tasks write to.</param>
    /// <param name="options">Options of sbatch by their long names; a value of <c>true</c> is a flag.</param>
    /// <param name="script">The script and its arguments.</param>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="SlurmException">It was refused.</exception>
    public async Task<string> SubmitAsync(
        string name, int tasks, int? atOnce, string log, IEnumerable<KeyValuePair<string, string>> options, IReadOnlyList<string> script, CancellationToken cancellation)
    {
        string bound = atOnce is { } most ? $"%{most}" : "";
        string[] arguments =
        [
            "--parsable", $"--job-name={name}", $"--array=0-{tasks - 1}{bound}", $"--output={log}", "--open-mode=append", "--requeue",
            $"--chdir={Directory.GetCurrentDirectory()}", .. options.Select(o => o.Value == "true" ? $"--{o.Key}" : $"--{o.Key}={o.Value}"), .. script,
        ];
        string answer = await AskAsync("sbatch", arguments, cancellation).ConfigureAwait(false);
        return answer.Trim().Split(';')[0]; // the number; behind it, where there are several, the cluster
    }

    /// <summary>The tasks of jobs of some names that wait, run or are ending.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public async Task<IReadOnlyList<SlurmTask>> QueueAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        string list = string.Join(',', names);
        return list.Length == 0
            ? []
            : ParseQueue(await AskAsync("squeue", ["--noheader", "--array", $"--name={list}", "--format=%F|%K|%T|%r|%N|%j"], cancellation).ConfigureAwait(false));
    }

    /// <summary>Reads what squeue prints in that format; lines that are not of a task are left out.</summary>
    public static IReadOnlyList<SlurmTask> ParseQueue(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|'))
            .Where(f => f.Length == 6 && int.TryParse(f[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(f => new SlurmTask(f[0], f[5], int.Parse(f[1], CultureInfo.InvariantCulture), f[2], f[3], f[4])),
    ];

    /// <summary>Ends jobs: tasks that run are told to save themselves.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public Task CancelAsync(IEnumerable<string> jobs, CancellationToken cancellation) => AskAsync("scancel", [.. jobs], cancellation);

    /// <summary>How tasks of jobs ended, by job, index and Slurm's word; empty where Slurm keeps no accounts.</summary>
    public async Task<IReadOnlyDictionary<(string Job, int Index), string>> EndsAsync(IEnumerable<string> jobs, CancellationToken cancellation)
    {
        try
        {
            return ParseEnds(await AskAsync(
                "sacct", ["--noheader", "--array", "--allocations", "--parsable2", $"--jobs={string.Join(',', jobs)}", "--format=JobID,State"], cancellation).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SlurmException or BadArgumentException)
        {
            return new Dictionary<(string, int), string>(); // a word of explanation, and no more
        }
    }

    /// <summary>Reads what sacct prints.</summary>
    public static IReadOnlyDictionary<(string Job, int Index), string> ParseEnds(string text)
    {
        var ends = new Dictionary<(string, int), string>();
        foreach (Match line in EndLine().Matches(text))
        {
            ends[(line.Groups[1].Value, int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture))] = line.Groups[3].Value;
        }
        return ends;
    }

    /// <summary>The most tasks of one job array.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public async Task<int> MostTasksAsync(CancellationToken cancellation)
    {
        string configuration = await AskAsync("scontrol", ["show", "config"], cancellation).ConfigureAwait(false);
        Match size = ArraySize().Match(configuration);
        return size.Success ? Math.Max(1, int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture)) : DefaultArraySize;
    }

    private async Task<string> AskAsync(string command, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        CommandOutcome outcome = await run(command, arguments, cancellation).ConfigureAwait(false);
        return outcome.Code == 0
            ? outcome.Output
            : throw new SlurmException($"{command} failed with code {outcome.Code}: {outcome.Error.ReplaceLineEndings(" ")}");
    }

    [GeneratedRegex(@"^MaxArraySize\s*=\s*(\d{1,9})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ArraySize();

    [GeneratedRegex(@"^(\d+)_(\d{1,9})\|([A-Z_]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex EndLine();
}
