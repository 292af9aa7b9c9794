namespace NeuroHal.Results.Tests;

/// <summary>Folders of runs.</summary>
public sealed class RunDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neurohal-results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_is_read_from_its_folder()
    {
        Write(ResultJson.Text(SampleRun.Whole));
        (string folder, RunRecord run) = Assert.Single(RunDirectory.Read(_folder));
        Assert.Equal((_folder, 0.9375), (folder, run.Accuracy.Test));
    }

    [Fact]
    public void Runs_side_by_side_have_each_a_folder_of_its_own()
    {
        Write(ResultJson.Text(new ComparisonRecord(1, "compare", [SampleRun.Whole, SampleRun.Whole with { Preset = "paper" }])));
        Assert.Equal(
            [Path.Combine(_folder, "SpiNNaker2Emu-fast"), Path.Combine(_folder, "SpiNNaker2Emu-paper")],
            RunDirectory.Read(_folder).Select(r => r.Folder));
    }

    [Fact]
    public void A_folder_without_a_result_is_told_from_one_of_a_run_that_is_not_complete()
    {
        Assert.Contains("holds no run", Assert.Throws<BadArgumentException>(() => RunDirectory.Read(_folder)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder, RunFiles.Checkpoints));
        Assert.Contains($"--resume {_folder}", Assert.Throws<BadArgumentException>(() => RunDirectory.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_result_is_refused_with_its_file()
    {
        Write("{");
        Assert.StartsWith(Path.Combine(_folder, RunFiles.Result), Assert.Throws<BadDataException>(() => RunDirectory.Read(_folder)).Message, StringComparison.Ordinal);
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, RunFiles.Result), text);
}
