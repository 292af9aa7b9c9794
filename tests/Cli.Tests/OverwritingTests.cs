namespace NeuroHal.Cli.Tests;

/// <summary>What was there before a run, and is no run's, stays as it is.</summary>
public sealed class OverwritingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neurohal-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("network.npz")]
    [InlineData("initial-network.npz")]
    [InlineData("timeline.json")]
    [InlineData("thesis.tex")]
    [InlineData(".neurohal.lock", "thesis.tex")]
    public async Task A_folder_with_something_else_in_it_is_refused(params string[] files)
    {
        string run = Path.Combine(_folder, "run");
        Directory.CreateDirectory(run);
        foreach (string file in files)
        {
            await File.WriteAllTextAsync(Path.Combine(run, file), "mine", TestContext.Current.CancellationToken);
        }
        (await InProcess.RunAsync(["train", "--output", run, .. InProcess.Small])).FailsWith(2, $"'{run}' holds '{files[^1]}'", "--output");
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(run, files[^1]), TestContext.Current.CancellationToken));
        Assert.Equal(files.Length, Directory.GetFileSystemEntries(run).Length);
    }

    [Fact]
    public async Task What_a_run_left_that_did_not_finish_is_replaced()
    {
        string run = Path.Combine(_folder, "run");
        Directory.CreateDirectory(run);
        foreach (string file in new[] { ".neurohal.lock", "network.npz", "initial-network.npz", "timeline.json", "result.json.part" })
        {
            await File.WriteAllTextAsync(Path.Combine(run, file), "", TestContext.Current.CancellationToken);
        }
        (await InProcess.RunAsync(["train", "--output", run, .. InProcess.Small])).Succeeds();
        Assert.NotEqual(0, new FileInfo(Path.Combine(run, "network.npz")).Length);
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        string file = Path.Combine(_folder, "notes");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        (await InProcess.RunAsync(["train", "--output", file, .. InProcess.Small])).FailsWith(2, $"'{file}' is a file; name a new folder with --output.");
    }

    [Fact]
    public async Task A_trace_replaces_a_trace_and_nothing_else()
    {
        string notes = Path.Combine(_folder, "notes.json"), trace = Path.Combine(_folder, "trace.json"), picture = Path.Combine(_folder, "trace.png");
        await File.WriteAllTextAsync(notes, "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(picture, "mine", TestContext.Current.CancellationToken);
        (await InProcess.RunAsync(["train", "--trace", notes, .. InProcess.Small])).FailsWith(2, $"'{notes}' is there already and is no trace");
        (await InProcess.RunAsync(["train", "--trace", trace, .. InProcess.Small])).FailsWith(2, $"'{picture}' is there already");
        (await InProcess.RunAsync(["train", "--trace", Path.Combine(_folder, "new.png"), .. InProcess.Small])).FailsWith(2, "new.json");
        Assert.Equal("mine", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken));
        File.Delete(picture);
        for (int i = 0; i < 2; i++)
        {
            (await InProcess.RunAsync(["train", "--trace", trace, .. InProcess.Small])).Succeeds();
        }
    }

    [Fact]
    public async Task A_report_replaces_a_report_and_no_other_page()
    {
        string run = Path.Combine(_folder, "run"), site = Path.Combine(_folder, "site");
        (await InProcess.RunAsync(["train", "--output", run, .. InProcess.Small])).Succeeds();
        Directory.CreateDirectory(site);
        await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "<h1>mine</h1>", TestContext.Current.CancellationToken);
        (await InProcess.RunAsync("report", run, "--output", site)).FailsWith(2, $"'{site}' holds an index.html that is no report");
        (await InProcess.RunAsync("report", run)).Succeeds();
        (await InProcess.RunAsync("report", run)).Succeeds();
    }
}
