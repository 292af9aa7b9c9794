using NeuroHal.Cli.Reports;
using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Tables;
using Spectre.Console;

namespace NeuroHal.Cli.Sweeping;

/// <summary>How a sweep goes: a bar on a terminal, one line for each run that ends elsewhere.</summary>
internal sealed class SweepProgress : ISweepObserver
{
    private readonly Terminal _terminal;
    private readonly SweepFolder _folder;
    private readonly int _total;
    private readonly List<string> _notes = [];
    private ProgressTask? _bar;
    private int _ended;

    private SweepProgress(Terminal terminal, SweepFolder folder, int total, int ended) => (_terminal, _folder, _total, _ended) = (terminal, folder, total, ended);

    /// <summary>Runs something and shows how far it is.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="total">All runs of the sweep.</param>
    /// <param name="ended">Those that are not run any more.</param>
    /// <param name="run">What to run.</param>
    public static async Task ShowAsync(Terminal terminal, SweepFolder folder, int total, int ended, Func<SweepProgress, Task> run)
    {
        var progress = new SweepProgress(terminal, folder, total, ended);
        if (!terminal.IsLive)
        {
            await run(progress);
            return;
        }
        try
        {
            await terminal.TalkConsole.Progress()
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
                {
                    progress._bar = context.AddTask($"{ended} of {total} runs", maxValue: total);
                    progress._bar.Value = ended;
                    await run(progress);
                });
        }
        finally
        {
            progress._notes.ForEach(terminal.Talk);
        }
    }

    /// <inheritdoc/>
    public void Ended(PlannedRun run, RunStatus status)
    {
        _ended++;
        string line = $"[{_ended}/{_total}] {run.Id} {run.Description}: {Describe(run, status)}";
        if (_bar is null)
        {
            _terminal.Talk(line);
            return;
        }
        _bar.Value = _ended;
        _bar.Description = Markup.Escape(PrintableLine.Of(line));
        if (status != RunStatus.Done)
        {
            _notes.Add(line);
        }
    }

    /// <inheritdoc/>
    public void Note(string line)
    {
        if (_bar is null)
        {
            _terminal.Talk(line);
        }
        else
        {
            _notes.Add(line); // a line would break into the bar
        }
    }

    private string Describe(PlannedRun run, RunStatus status)
    {
        SweepRow row = SweepRow.Read(_folder, run);
        return row.Result is { } result
            ? $"{Figures.Percent(result.Accuracy.Test)}{(result.Energy is { } energy ? Figures.Invariant($", {energy.Joules:0.0000} J") : "")}{(result.NonFinite is null ? "" : ", diverged")}"
            : $"{SweepTable.Word(status)}{(row.Problem is null ? "" : $": {row.Problem}")}";
    }
}
