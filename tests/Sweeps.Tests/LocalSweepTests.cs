using System.Diagnostics;
using NeuroHal.Cli.Sweeping;
using NeuroHal.Cli.Tests;

namespace NeuroHal.Sweeps.Tests;

/// <summary>Sweeps as a user runs them, on this machine.</summary>
public sealed class LocalSweepTests : IDisposable
{
    private const string Common = """ "dataset": { "name": "digits", "limit": 30 }, "training": { "epochs": 1, "layers": [784, 10], "connectivity": [0.01] } """;

    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task A_sweep_leaves_a_table_and_the_same_command_runs_only_what_is_missing()
    {
        _neurohal.WithFile("two.json", $$"""{ {{Common}}, "sweep": { "grid": { "training:connectivity": [[0.01], [1]], "training:seed": [1, 2], "training:momentum": [0.5] } } }""");
        Neurohal.Outcome first = await _neurohal.RunProcessAsync("sweep", "two.json", "--no-estimate", "--parallel", "2");
        first.Succeeds();
        Assert.Contains("2 do not fit, the first is ", first.Output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(In("results.csv"));
        Assert.Equal(5, rows.Length);
        Assert.StartsWith("run,id,training:connectivity,training:seed,training:momentum,status,testAccuracy,", rows[0], StringComparison.Ordinal);
        Assert.Equal(["done", "done", "does-not-fit", "does-not-fit"], rows.Skip(1).Select(r => r.Split(',')[5]));
        foreach (string file in new[] { "figures.csv", "results.parquet", "results.sqlite", "summary.md", "accuracy-energy.png", "accuracy-memory.svg" })
        {
            Assert.True(new FileInfo(In(file)).Length > 0, file);
        }
        Assert.Contains("| 0.01 | 0.5 | 2 |", File.ReadAllText(In("summary.md")), StringComparison.Ordinal);

        string figures = File.ReadAllText(In("figures.csv"));
        string id = rows[1].Split(',')[1];
        File.Delete(In("runs", id, "result.json"));
        Neurohal.Outcome again = await _neurohal.RunProcessAsync("sweep", "two.json");
        again.Succeeds();
        Assert.Contains("1 run(s) take about ", again.Output, StringComparison.Ordinal); // by the other one, which is done
        Assert.Equal(figures, File.ReadAllText(In("figures.csv")));
        Assert.Equal(2, Directory.GetFiles(In("work", id), "attempt-*.json").Length);
        Assert.Single(Directory.GetFiles(In("work", rows[2].Split(',')[1]), "attempt-*.json"));
    }

    [Theory]
    [InlineData("""{ "sweep": { "grid": { "training:epoch": [1] } } }""", "Did you mean 'training:epochs'?")]
    [InlineData("""{ "sweep": { "grid": { "training": [1] } } }""", "'training' is a group of settings")]
    [InlineData("""{ "sweep": { "grid": { "output": ["a"] } } }""", "'output' decides no result")]
    [InlineData("""{ "sweep": { "grid": { "training:layers:0": [1] } } }""", "a part of 'training:layers'")]
    [InlineData("""{ "sweep": { "grid": { "training:seed": [1] } }, "trace": "x" }""", "trace is set, but it is of one run")]
    [InlineData("""{ "sweep": { "grid": { "training:l1": [1] } } }""", "training:l1 is swept, and set by an option or in the environment as well")]
    [InlineData("""{ "training": { "sed": 1 }, "sweep": { "grid": { "training:seed": [1] } } }""", "Did you mean 'training:seed'?")]
    [InlineData("""{ "training": { "seed": 1 } }""", "there is no section 'sweep' in it")]
    [InlineData("""{ "sweep": 1, "sweep": { "grid": { "training:seed": [1] } } }""", "'sweep' is there twice")]
    public void A_wrong_specification_is_refused_in_a_line(string json, string part)
    {
        _neurohal.WithFile("spec.json", json);
        BadArgumentException error = Assert.Throws<BadArgumentException>(
            () => SweepSettings.Read(Path.Combine(_neurohal.Folder, "spec.json"), new Dictionary<string, string?> { ["training:l1"] = "0" }));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_combination_says_takes_the_place_of_what_all_have()
    {
        _neurohal.WithFile("spec.json", """
            { "training": { "connectivity": [0.1, 0.2, 0.3], "seed": 5, "epochs": 2 }, "sweep": { "list": [{ "training:connectivity": [0.5, 0.6], "training:seed": 7 }, { "backend": "ReferenceCpu" }] } }
            """);
        SweepSettings sweep = SweepSettings.Read(Path.Combine(_neurohal.Folder, "spec.json"), new Dictionary<string, string?> { ["training:epochs"] = "3" });
        IReadOnlyDictionary<string, string?>[] runs = [.. sweep.Spec.Combinations().Select(sweep.With)];
        Assert.Equal(["training:connectivity=0.5,0.6", "training:epochs=3", "training:seed=7"], runs[0].Select(s => $"{s.Key}={s.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("5", runs[1]["training:seed"]);
        Assert.Equal("0.2", runs[1]["training:connectivity:1"]);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task A_sweep_that_is_ended_goes_on_to_the_table_of_one_that_is_not(string signal)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        _neurohal.WithFile("s.json", """
            { "dataset": { "name": "digits", "limit": 400 }, "training": { "epochs": 6 }, "checkpoint": { "every": 0.3 }, "sweep": { "grid": { "training:seed": [1, 2, 3, 4] } } }
            """);
        string[] sweep = ["sweep", "s.json", "--no-estimate", "--parallel", "2"];
        Assert.Equal(0, (await _neurohal.RunProcessAsync([.. sweep, "--output", "straight"])).Code);

        using Process process = _neurohal.Start([.. sweep, "--output", "cut"]);
        string cut = Path.Combine(_neurohal.Folder, "cut");
        await WaitAsync(() => Directory.Exists(Path.Combine(cut, "runs")) && Directory.GetFiles(Path.Combine(cut, "runs"), "*.checkpoint", SearchOption.AllDirectories).Length > 1);
        Neurohal.Signal(process.Id, signal);
        Neurohal.Outcome ended = await Neurohal.EndOfAsync(process);
        Assert.Equal(signal == "KILL" ? 137 : 130, ended.Code);
        Neurohal.Outcome resumed = await _neurohal.RunProcessAsync([.. sweep, "--output", "cut"]);
        resumed.Succeeds();
        Assert.Equal(File.ReadAllText(Path.Combine(_neurohal.Folder, "straight", "figures.csv")), File.ReadAllText(Path.Combine(cut, "figures.csv")));
        // What was begun went on from its checkpoint.
        Assert.Contains(Directory.GetFiles(cut, "attempt-0002.json", SearchOption.AllDirectories), f => File.ReadAllText(f).Contains("\"isResumed\": true", StringComparison.Ordinal));
    }

    private static async Task WaitAsync(Func<bool> holds)
    {
        for (int i = 0; i < 1200 && !holds(); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.True(holds());
    }

    private string In(params string[] path) => Path.Combine([_neurohal.Folder, "two-sweep", .. path]);
}
