namespace NeuroHal.Cli.Tests;

/// <summary>A run that is complete is asked to go on.</summary>
public sealed class CompleteRunTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task It_says_where_its_result_is_as_often_as_it_is_asked_and_other_epochs_are_another_run()
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).Succeeds();
        byte[] result = await File.ReadAllBytesAsync(Path.Combine(run, "result.json"), TestContext.Current.CancellationToken);
        for (int i = 0; i < 2; i++)
        {
            Neurohal.Outcome again = await _neurohal.RunAsync("train", "--resume", run);
            again.Succeeds();
            Assert.Contains($"is complete, with 2 epoch(s)", again.Output, StringComparison.Ordinal);
            Assert.Contains(Path.Combine(run, "result.json"), again.Output, StringComparison.Ordinal);
        }
        (await _neurohal.RunAsync("train", "--resume", run, "--epochs", "2", "--output", run)).Succeeds();
        (await _neurohal.RunAsync("train", "--resume", run, "--epochs", "3")).FailsWith(2, "training:epochs is 3", "is complete with 2", "--output NEW");
        (await _neurohal.RunAsync("train", "--resume", run, "--epochs", "1")).FailsWith(2, "training:epochs is 1", "is complete with 2");
        (await _neurohal.RunAsync("train", "--resume", run, "--seed", "1", "--limit", "20")).Succeeds();
        (await _neurohal.RunAsync("train", "--resume", run, "--seed", "4")).FailsWith(2, "training:seed is 4, but the run to resume has 1");
        string other = Path.Combine(_neurohal.Folder, "other");
        (await _neurohal.RunAsync("train", "--resume", run, "--seed", "4", "--epochs", "3", "--output", other)).FailsWith(2, "training:seed is 4");
        Assert.False(Directory.Exists(other), "a folder is left of a run that was refused");
        Assert.Equal(result, await File.ReadAllBytesAsync(Path.Combine(run, "result.json"), TestContext.Current.CancellationToken));
    }
}
