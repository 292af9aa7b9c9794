using System.Globalization;
using NeuroHal.Sweeps.Engines.Slurm;

namespace NeuroHal.Sweeps.Tests;

/// <summary>Answers as Slurm's commands do, and has each task come to what a test says.</summary>
/// <param name="run">Told the run of each task as it is begun.</param>
internal sealed class FakeSlurm(Action<string> run)
{
    private readonly List<(string Job, string Name, int Index)> _live = [];

    /// <summary>The arguments of each call of sbatch.</summary>
    public List<IReadOnlyList<string>> Submitted { get; } = [];

    /// <summary>Whether tasks stay in the queue instead of running.</summary>
    public bool IsFull { get; set; }

    public SlurmClient Client => new(AnswerAsync);

    private Task<CommandOutcome> AnswerAsync(string command, IReadOnlyList<string> arguments, CancellationToken cancellation) => Task.FromResult(command switch
    {
        "sbatch" => new CommandOutcome(0, $"{Submit(arguments)};cluster\n", ""),
        "squeue" => new CommandOutcome(0, string.Concat(_live.Select(t => $"{t.Job}|{t.Index}|PENDING|Priority||{t.Name}\n")), ""),
        "scontrol" => new CommandOutcome(0, "MaxArraySize            = 3\nMaxJobCount = 10\n", ""),
        "scancel" => Cancel(),
        _ => new CommandOutcome(1, "", "Slurm accounting storage is disabled"),
    });

    private string Submit(IReadOnlyList<string> arguments)
    {
        Submitted.Add(arguments);
        string job = Submitted.Count.ToString(CultureInfo.InvariantCulture);
        string name = arguments.Single(a => a.StartsWith("--job-name=", StringComparison.Ordinal))["--job-name=".Length..];
        foreach ((int index, string id) in File.ReadAllLines(arguments[^1]).Index())
        {
            if (IsFull)
            {
                _live.Add((job, name, index));
            }
            else
            {
                run(id);
            }
        }
        return job;
    }

    private CommandOutcome Cancel()
    {
        _live.Clear();
        return new CommandOutcome(0, "", "");
    }
}
