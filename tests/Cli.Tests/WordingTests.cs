using System.Text.Json;

namespace NeuroHal.Cli.Tests;

/// <summary>What is said of options that do not apply, contradict each other, or are misunderstood.</summary>
public sealed class WordingTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("--cores", "reproduce", "--cores", "4")]
    [InlineData("--level", "reproduce", "--level", "PL1")]
    [InlineData("--faults", "reproduce", "--faults", "dead:core=0")]
    [InlineData("--trace", "reproduce", "--trace", "t.json")]
    [InlineData("--output", "sensitivity", "--output", "out")]
    [InlineData("--trace", "sensitivity", "--trace", "t.json")]
    [InlineData("--profile", "sensitivity", "--profile")]
    [InlineData("--output", "plan", "--output", "out")]
    [InlineData("--dataset", "plan", "--dataset", "digits")]
    [InlineData("--profile", "compare", "--profile")]
    public async Task An_option_that_would_do_nothing_is_not_there(string option, params string[] args)
    {
        (await _neurohal.RunAsync(args)).FailsWith(2, $"Unknown command or option '{option}'");
        Assert.DoesNotContain($"{option} ", (await _neurohal.RunAsync(args[0], "--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed is 7, and by --set training:seed is 8", "train", "--seed", "7", "--set", "training:seed=8")]
    [InlineData("--set training:l1 is 2, and by --set training:l1 is 1", "plan", "--set", "training:l1=1", "--set", "training:l1=2")]
    [InlineData("the preset paper has training:connectivity 0.01,0.03,0.3, for 3; give 1 number with --connectivity", "plan", "--layers", "784-10")]
    [InlineData("training:epochs is 'x'; it must be a whole number from 1 to", "train", "--epochs", "x")]
    [InlineData("unknown setting 'training:epoch'. Did you mean 'training:epochs'?", "train", "--set", "training:epoch=3")]
    public async Task One_line_says_what_is_wrong(string message, params string[] args) => (await _neurohal.RunAsync(args)).FailsWith(2, message);

    [Fact]
    public async Task The_same_value_twice_is_no_contradiction() =>
        (await _neurohal.RunAsync("plan", "--layers", "784-300-100-10", "--set", "training:layers=784-300-100-10")).Succeeds();

    [Fact]
    public async Task The_program_alone_says_what_there_is()
    {
        Neurohal.Outcome alone = await _neurohal.RunAsync();
        alone.Succeeds();
        Assert.Contains("Usage: neurohal COMMAND", alone.Output, StringComparison.Ordinal);
        Assert.Contains("  train ", alone.Output, StringComparison.Ordinal);
        Assert.True(alone.Output.Split('\n').Length < 30);
    }

    [Fact]
    public async Task Defaults_are_said_once() =>
        Assert.DoesNotMatch(@"\[default: [^\]]*\]\s*\[default", (await _neurohal.RunAsync("sweep", "--help")).Output);

    [Fact]
    public async Task Folders_where_a_picture_or_one_run_belongs_are_told_from_them()
    {
        string both = Path.Combine(_neurohal.Folder, "both");
        (await _neurohal.RunAsync(["compare", "--output", both, .. Neurohal.Small])).Succeeds();
        string one = Path.Combine(both, "ReferenceCpu-paper");
        (await _neurohal.RunAsync("evaluate", both)).FailsWith(2, "holds 2 runs; name the folder of one", one, Path.Combine(both, "SpiNNaker2Emu-paper"));
        File.Delete(Path.Combine(both, "result.json"));
        (await _neurohal.RunAsync("evaluate", both)).FailsWith(2, "has no result.json, but there are runs within it", one);
        (await _neurohal.RunAsync("predict", one, _neurohal.Folder)).FailsWith(2, $"'{_neurohal.Folder}' is a folder; name PNG files.");
    }

    [Fact]
    public async Task A_comparison_of_one_run_is_evaluated_by_its_own_folder()
    {
        string one = Path.Combine(_neurohal.Folder, "one");
        (await _neurohal.RunAsync(["compare", "--backends", "ReferenceCpu", "--output", one, .. Neurohal.Small])).Succeeds();
        (await _neurohal.RunAsync("evaluate", one)).Succeeds();
    }

    [Fact]
    public async Task Reports_and_sweeps_are_documents_too()
    {
        string run = Path.Combine(_neurohal.Folder, "run"), spec = Path.Combine(_neurohal.Folder, "spec.json");
        (await _neurohal.RunAsync(["train", "--output", run, .. Neurohal.Small])).Succeeds();
        Neurohal.Outcome report = await _neurohal.RunAsync("report", run, "--json");
        report.Succeeds();
        JsonElement page = JsonDocument.Parse(report.Output).RootElement;
        Assert.True(File.Exists(page.GetProperty("page").GetString()));
        Assert.Equal(1, page.GetProperty("runs").GetInt32());

        await File.WriteAllTextAsync(
            spec,
            """{ "dataset": { "name": "digits", "limit": 20 }, "training": { "epochs": 1 }, "sweep": { "grid": { "dataset:testLimit": [10, 20] } } }""",
            TestContext.Current.CancellationToken);
        Neurohal.Outcome sweep = await _neurohal.RunAsync("sweep", spec, "--dry-run", "--no-estimate", "--json", "--output", Path.Combine(_neurohal.Folder, "sweep"));
        sweep.Succeeds();
        JsonElement planned = JsonDocument.Parse(sweep.Output).RootElement;
        Assert.Equal("sweep", planned.GetProperty("command").GetString());
        Assert.Equal(
            ["10", "20"],
            planned.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("settings")[0].GetProperty("value").GetString()));
        Assert.All(planned.GetProperty("runs").EnumerateArray(), r => Assert.Equal("waiting", r.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task The_address_of_a_live_view_on_all_interfaces_can_be_opened_and_is_said_to_be_readable()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["train", "--live", "--live-address", "0.0.0.0", .. Neurohal.Small]);
        run.Succeeds();
        Assert.DoesNotContain("0.0.0.0", run.Error, StringComparison.Ordinal);
        Assert.Contains($"Live view: http://{System.Net.Dns.GetHostName().ToLowerInvariant()}:", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The live view is plain HTTP", run.Error, StringComparison.Ordinal);
    }
}
