using NeuroHal.Checkpoints;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Sweeps.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly SweepFolder _folder = new(Directory.CreateTempSubdirectory("neurohal-test-").FullName);
    private readonly PlannedRun _run = Some.Run(1);

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    [Fact]
    public void How_a_run_stands_is_read_from_what_it_left()
    {
        Assert.Equal(RunStatus.Waiting, _folder.StatusOf(_run));
        Assert.Equal(RunStatus.DoesNotFit, _folder.StatusOf(Some.Run(1, doesNotFit: "too large")));
        _folder.Prepare([_run]);
        Assert.Equal(RunStatus.Waiting, _folder.StatusOf(_run));
        using (RunLock.Take(_folder.WorkFolder(_run.Id)))
        {
            Assert.Equal(RunStatus.Running, _folder.StatusOf(_run));
        }
        _folder.Write(_run.Id, Tried(1, null)); // killed
        Assert.Equal(RunStatus.Interrupted, _folder.StatusOf(_run));
        _folder.Write(_run.Id, Tried(2, 1));
        Assert.Equal(RunStatus.Failed, _folder.StatusOf(_run));
        _folder.Write(_run.Id, Tried(3, 3));
        Assert.Equal(RunStatus.DoesNotFit, _folder.StatusOf(_run));
        _folder.Write(_run.Id, Tried(4, 130));
        Assert.Equal(RunStatus.Interrupted, _folder.StatusOf(_run));
        Directory.CreateDirectory(_folder.RunFolder(_run.Id));
        File.WriteAllText(Path.Combine(_folder.RunFolder(_run.Id), "result.json"), "{}");
        Assert.Equal(RunStatus.Done, _folder.StatusOf(_run));
        Assert.Equal([1, 2, 3, 4], _folder.Attempts(_run.Id).Select(a => a.Number));
        File.WriteAllText(Path.Combine(_folder.WorkFolder(_run.Id), "attempt-0002.json"), "{ torn");
        Assert.Equal([1, 3, 4], _folder.Attempts(_run.Id).Select(a => a.Number));
    }

    [Fact]
    public async Task A_claim_waits_for_who_looks_and_leaves_a_run_to_who_has_it()
    {
        _folder.Prepare([_run]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var held = RunLock.Take(_folder.WorkFolder(_run.Id));
        Assert.Null(await RunClaim.TakeAsync(_folder, _run.Id, TimeSpan.Zero, TimeProvider.System, cancellation));
        Task<RunLock?> waiting = RunClaim.TakeAsync(_folder, _run.Id, TimeSpan.FromSeconds(30), TimeProvider.System, cancellation);
        held.Dispose();
        using RunLock? claim = await waiting;
        Assert.NotNull(claim);
        Assert.True(RunLock.IsHeld(_folder.WorkFolder(_run.Id)));
    }

    private static Attempt Tried(int number, int? code) => new()
    {
        Number = number,
        Engine = "local",
        Node = "here",
        Started = DateTimeOffset.UnixEpoch,
        IsResumed = false,
        ExitCode = code,
    };
}
