using NeuroHal.Sweeps.Engines;
using NeuroHal.Sweeps.Engines.Slurm;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Tests;

/// <summary>The engine for Slurm against commands that answer as Slurm's do; <see cref="ClusterTests"/> has a real one.</summary>
public sealed class SlurmTests : IDisposable, ISweepObserver
{
    private readonly SweepFolder _folder = new(Directory.CreateTempSubdirectory("neurohal-test-").FullName);
    private readonly PlannedRun[] _runs = [.. Enumerable.Range(1, 4).Select(i => Some.Run(i))];
    private readonly Dictionary<string, int> _begun = [];
    private readonly Dictionary<string, RunStatus> _ended = [];
    private readonly List<string> _notes = [];

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    [Fact]
    public async Task Runs_are_submitted_as_arrays_no_larger_than_Slurm_takes()
    {
        var slurm = new FakeSlurm(Finish);
        await RunAsync(slurm, new Dictionary<string, string> { ["partition"] = "long", ["exclusive"] = "true", ["mem-per-cpu"] = "1G" }, atOnce: 2);
        Assert.All(_runs, r => Assert.Equal(RunStatus.Done, _ended[r.Id]));
        Assert.Equal(["--array=0-2%2", "--array=0-0%2"], slurm.Submitted.Select(a => a.Single(o => o.StartsWith("--array", StringComparison.Ordinal))));
        IReadOnlyList<string> first = slurm.Submitted[0];
        Assert.Contains("--partition=long", first);
        Assert.Contains("--exclusive", first);
        Assert.Contains("--cpus-per-task=1", first);
        Assert.DoesNotContain("--mem=2G", first); // the user's own word on memory holds
        Assert.Contains("--requeue", first);
        Assert.Contains("exec '/bin/neuro hal' 'sweep-run'", File.ReadAllText(first[^2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_leaves_nothing_is_submitted_again_as_often_as_it_may_be()
    {
        string bad = _runs[1].Id, once = _runs[2].Id;
        var slurm = new FakeSlurm(id =>
        {
            Begin(id);
            if (id != bad && (id != once || _begun[once] == 2))
            {
                Finish(id);
            }
        });
        await RunAsync(slurm, retries: 2);
        Assert.Equal((3, 2), (_begun[bad], _begun[once]));
        Assert.Equal((RunStatus.Waiting, RunStatus.Done), (_ended[bad], _ended[once]));
        Assert.Contains(_notes, n => n.StartsWith(bad, StringComparison.Ordinal) && n.EndsWith("submitted again.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_saved_itself_and_came_further_may_be_submitted_as_often_as_it_takes()
    {
        string id = _runs[0].Id;
        var slurm = new FakeSlurm(task =>
        {
            Begin(task);
            if (task != id || _begun[id] == 6)
            {
                Finish(task);
                return;
            }
            string checkpoints = Path.Combine(_folder.RunFolder(id), "checkpoints");
            Directory.CreateDirectory(checkpoints);
            File.WriteAllText(Path.Combine(checkpoints, $"{_begun[id]:D6}.checkpoint"), "");
            _folder.Write(id, new Attempt { Number = _begun[id], Engine = "slurm", Node = "n", Started = DateTimeOffset.UnixEpoch, IsResumed = false, ExitCode = 130 });
        });
        await RunAsync(slurm, retries: 0);
        Assert.Equal((6, RunStatus.Done), (_begun[id], _ended[id]));
    }

    [Fact]
    public async Task Another_process_finds_the_tasks_of_one_that_left_and_submits_only_the_rest()
    {
        var slurm = new FakeSlurm(Finish) { IsFull = true };
        _folder.Prepare(_runs);
        await Engine(slurm, [], null, isDetached: true).RunAsync(_folder, [.. _runs.Take(2)], 0, this, CancellationToken.None);
        Assert.Equal(2, (await SlurmEngine.LiveAsync(slurm.Client, new SlurmBatches(_folder), CancellationToken.None)).Count);
        await Engine(slurm, [], null, isDetached: true).RunAsync(_folder, _runs, 0, this, CancellationToken.None);
        Assert.Equal([2, 2], slurm.Submitted.Select(a => File.ReadAllLines(a[^1]).Length));
        Assert.Contains("2 run(s) are with Slurm already.", _notes);
        Assert.Equal(4, await SlurmEngine.CancelAsync(slurm.Client, _folder, TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None));
        Assert.True(new SlurmBatches(_folder).IsCancelled);
        Assert.Equal(0, await SlurmEngine.CancelAsync(slurm.Client, _folder, TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public void What_squeue_and_sacct_print_is_read_and_other_lines_are_left_out()
    {
        IReadOnlyList<SlurmTask> tasks = SlurmClient.ParseQueue(
            "7|3|RUNNING|None|n2|neurohal-x-0001\n7|[4-9]|PENDING|Resources||neurohal-x-0001\nslurm_load_jobs warning\n8|0|PENDING|launch failed requeued held||neurohal-x-0002\n");
        Assert.Equal([("7", 3, "RUNNING", "n2", false), ("8", 0, "PENDING", "", true)], tasks.Select(t => (t.Job, t.Index, t.State, t.Node, t.IsHeld)));
        IReadOnlyDictionary<(string, int), string> ends = SlurmClient.ParseEnds("7_3|NODE_FAIL\n7_4|CANCELLED by 0\n7_3.batch|FAILED\n");
        Assert.Equal(("NODE_FAIL", "CANCELLED"), (ends[("7", 3)], ends[("7", 4)]));
    }

    [Fact]
    public async Task Where_Slurm_is_not_that_is_said() =>
        Assert.Contains("no-such-command", (await Assert.ThrowsAsync<BadArgumentException>(
            () => CommandOutcome.OfAsync("no-such-command", [], CancellationToken.None))).Message, StringComparison.Ordinal);

    void ISweepObserver.Ended(PlannedRun run, RunStatus status) => _ended.Add(run.Id, status);

    void ISweepObserver.Note(string line) => _notes.Add(line);

    private void Begin(string id) => _begun[id] = _begun.GetValueOrDefault(id) + 1;

    private void Finish(string id)
    {
        Directory.CreateDirectory(_folder.RunFolder(id));
        File.WriteAllText(Path.Combine(_folder.RunFolder(id), "result.json"), "{}");
    }

    private Task RunAsync(FakeSlurm slurm, Dictionary<string, string>? sbatch = null, int? atOnce = null, int retries = 0)
    {
        _folder.Prepare(_runs);
        return Engine(slurm, sbatch ?? [], atOnce, isDetached: false).RunAsync(_folder, _runs, retries, this, TestContext.Current.CancellationToken);
    }

    private static SlurmEngine Engine(FakeSlurm slurm, Dictionary<string, string> sbatch, int? atOnce, bool isDetached) => new(
        slurm.Client, new ProgramCommand("/bin/neuro hal", []), new SlurmUse(sbatch, atOnce, TimeSpan.FromMilliseconds(5), isDetached), TimeProvider.System);
}
