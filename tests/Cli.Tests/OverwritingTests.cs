namespace NeuroHal.Cli.Tests;

/// <summary>What was there before a run, and is no run's, stays as it is.</summary>
public sealed class OverwritingTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("network.npz")]
    [InlineData("initial-network.npz")]
    [InlineData("timeline.json")]
    public async Task A_file_of_somebody_else_s_under_a_name_of_ours_is_kept(string file)
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        Directory.CreateDirectory(run);
        await File.WriteAllTextAsync(Path.Combine(run, file), "mine", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).FailsWith(2, $"'{run}' holds '{file}'", "--output");
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(run, file), TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFileSystemEntries(run));
    }

    [Fact]
    public async Task Files_that_no_run_writes_are_nobody_s_business()
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        Directory.CreateDirectory(run);
        await File.WriteAllTextAsync(Path.Combine(run, "notes.txt"), "mine", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).Succeeds();
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(run, "notes.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_run_left_that_did_not_finish_is_replaced()
    {
        string run = Path.Combine(_neurohal.Folder, "run");
        Directory.CreateDirectory(run);
        foreach (string file in new[] { ".neurohal.lock", "network.npz", "initial-network.npz", "timeline.json", "result.json.part" })
        {
            await File.WriteAllTextAsync(Path.Combine(run, file), "", TestContext.Current.CancellationToken);
        }
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).Succeeds();
        Assert.NotEqual(0, new FileInfo(Path.Combine(run, "network.npz")).Length);
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        string file = Path.Combine(_neurohal.Folder, "notes");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync(["train", "--output", file, .. Neurohal.Small])).FailsWith(2, $"'{file}' is a file; name a new folder with --output.");
    }

    [Fact]
    public async Task A_trace_replaces_a_trace_and_nothing_else()
    {
        string notes = Path.Combine(_neurohal.Folder, "notes.json"), trace = Path.Combine(_neurohal.Folder, "trace.json"), picture = Path.Combine(_neurohal.Folder, "trace.png");
        await File.WriteAllTextAsync(notes, "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(picture, "mine", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync(["train", "--trace", notes, .. Neurohal.Small])).FailsWith(2, $"'{notes}' is there already and is no trace");
        (await _neurohal.RunAsync(["train", "--trace", trace, .. Neurohal.Small])).FailsWith(2, $"'{picture}' is there already");
        (await _neurohal.RunAsync(["train", "--trace", Path.Combine(_neurohal.Folder, "new.png"), .. Neurohal.Small])).FailsWith(2, "new.json");
        Assert.Equal("mine", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken));
        File.Delete(picture);
        for (int i = 0; i < 2; i++)
        {
            (await _neurohal.RunAsync(["train", "--trace", trace, .. Neurohal.Small])).Succeeds();
        }
    }

    [Fact]
    public async Task A_report_replaces_a_report_and_no_other_page()
    {
        string run = Path.Combine(_neurohal.Folder, "run"), site = Path.Combine(_neurohal.Folder, "site");
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).Succeeds();
        Directory.CreateDirectory(site);
        await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "<h1>mine</h1>", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync("report", run, "--output", site)).FailsWith(2, $"'{site}' holds an index.html that is no report");
        (await _neurohal.RunAsync("report", run)).Succeeds();
        (await _neurohal.RunAsync("report", run)).Succeeds();
    }
}
