namespace NeuroHal.Cli.Tests;

/// <summary>A path that is empty, as of a variable that is not set, is an error before anything runs.</summary>
public sealed class EmptyPathTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("output is empty", "train", "--output", "")]
    [InlineData("trace is empty", "train", "--trace", "")]
    [InlineData("initial is empty", "train", "--initial", "")]
    [InlineData("resume is empty", "train", "--resume", "")]
    [InlineData("record:file is empty", "train", "--set", "record:file=")]
    [InlineData("output is empty", "compare", "--output", "")]
    [InlineData("--output is empty", "report", "run1", "--output", "")]
    [InlineData("<images> is empty", "predict", "run1", "")]
    [InlineData("<DIR> is empty", "report", "")]
    [InlineData("--preset is empty", "train", "--preset", "")]
    [InlineData("--faults is empty", "plan", "--faults", "")]
    [InlineData("--output is empty", "export", "run1", "--format", "npz", "--output", "")]
    [InlineData("--output is empty", "import", "network.npz", "--output", "")]
    public async Task On_the_command_line(string message, params string[] args) => (await _neurohal.RunAsync(args)).FailsWith(2, message);

    [Fact]
    public async Task In_a_file()
    {
        string file = Path.Combine(_neurohal.Folder, "my.json");
        await File.WriteAllTextAsync(file, """{ "output": "" }""", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync("train", "--config", file)).FailsWith(2, "my.json: output is empty; name a path, or leave it out.");
        await File.WriteAllTextAsync(file, """{ "output": null, "preset": "slow" }""", TestContext.Current.CancellationToken);
        (await _neurohal.RunAsync("train", "--config", file)).FailsWith(2, "Unknown preset");
    }
}
