using System.Diagnostics;
using System.Text.Json.Nodes;
using NeuroHal.Cli.Tests;

namespace NeuroHal.Sweeps.Tests;

/// <summary>Sweeps on a real Slurm.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task A_cluster_gives_the_table_that_this_machine_gives_and_loses_nothing_with_a_node_and_the_submitter()
    {
        SkipUnlessThereIsSlurm();
        using Cluster cluster = Begin();
        string[] sweep = ["sweep", "s.json", "--no-estimate"];
        Neurohal.Outcome local = await _neurohal.RunProcessAsync([.. sweep, "--output", "local", "--parallel", "2"]);
        local.Succeeds();
        Neurohal.Outcome straight = await _neurohal.RunProcessAsync([.. sweep, "--output", "straight", "--engine", "slurm", "--poll", "0.5"]);
        straight.Succeeds();
        Assert.Equal(In("local"), In("straight"));
        Assert.All(Attempts("straight"), a => Assert.Single(a.Value));

        // The submitting process is killed and a node goes down while runs are under way.
        string[] broken = [.. sweep, "--output", "broken", "--engine", "slurm", "--poll", "0.5"];
        using Process submitter = _neurohal.Start(broken);
        await WaitAsync(() => Directory.Exists(PathOf("broken", "runs")) && Directory.GetFiles(PathOf("broken", "runs"), "*.checkpoint", SearchOption.AllDirectories).Length > 2);
        await WaitAsync(() => IsHeldUp("broken", "n2"));
        submitter.Kill();
        await submitter.WaitForExitAsync(TestContext.Current.CancellationToken);
        cluster.Run("scontrol", "update", "nodename=n2", "state=down", "reason=test");
        cluster.Run("scontrol", "update", "nodename=n1,n3,n4", "state=drain", "reason=test"); // what waits must not be done before the next process comes
        Neurohal.Outcome status = await _neurohal.RunProcessAsync("sweep", "s.json", "--output", "broken", "--status");
        status.Succeeds();
        Assert.Contains("With Slurm: ", status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("With Slurm: nothing", status.Output, StringComparison.Ordinal);

        using Process second = _neurohal.Start(broken);
        string? line;
        do
        {
            line = await second.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line); // or it ended without saying so
        }
        while (!line.EndsWith("run(s) are with Slurm already.", StringComparison.Ordinal));
        cluster.Run("scontrol", "update", "nodename=n1,n3,n4", "state=resume");
        Neurohal.Outcome picked = await Neurohal.EndOfAsync(second);
        picked.Succeeds();
        Assert.DoesNotContain("Submitted", picked.Error, StringComparison.Ordinal); // Slurm itself requeues what the node had
        Assert.Equal(In("local"), In("broken"));
        foreach ((string id, JsonNode[] attempts) in Attempts("broken"))
        {
            Assert.True(attempts.Count(a => (int?)a["exitCode"] == 0) == 1, $"{id} came to its end {attempts.Count(a => (int?)a["exitCode"] == 0)} times");
            Assert.All(attempts.SkipLast(1), a => Assert.Equal("n2", Node(a)));
        }
        Assert.Contains(Attempts("broken").Values, a => a.Length == 2);
    }

    /// <summary>Holds up what runs on a node, so that it does not come to its end before the node is lost.</summary>
    /// <returns>Whether a run is under way there; if not, nothing is held up.</returns>
    private bool IsHeldUp(string sweep, string node)
    {
        Cluster.Signal(node, "STOP");
        bool underWay = Attempts(sweep).Any(a => Node(a.Value[^1]) == node && a.Value[^1]["exitCode"] is null && !File.Exists(PathOf(sweep, "runs", a.Key, "result.json")));
        if (!underWay)
        {
            Cluster.Signal(node, "CONT");
        }
        return underWay;
    }

    [Fact]
    public async Task A_sweep_is_submitted_left_cancelled_and_gone_on_with()
    {
        SkipUnlessThereIsSlurm();
        using Cluster cluster = Begin();
        string[] sweep = ["sweep", "s.json", "--no-estimate", "--output", "c", "--engine", "slurm", "--poll", "0.5"];
        Neurohal.Outcome left = await _neurohal.RunProcessAsync([.. sweep, "--detach"]);
        left.Succeeds();
        await WaitAsync(() => Directory.Exists(PathOf("c", "runs")) && Directory.GetFiles(PathOf("c", "runs"), "*.checkpoint", SearchOption.AllDirectories).Length > 1);
        Neurohal.Outcome cancelled = await _neurohal.RunProcessAsync("sweep", "s.json", "--output", "c", "--cancel");
        cancelled.Succeeds();
        Assert.Equal("", cluster.Run("squeue", "--noheader"));
        Assert.All(Attempts("c"), a => Assert.Contains((int?)a.Value[0]["exitCode"], new int?[] { 0, 130 })); // saved, not killed
        Neurohal.Outcome resumed = await _neurohal.RunProcessAsync(sweep);
        resumed.Succeeds();
        Assert.Contains("12 done.", resumed.Output, StringComparison.Ordinal);
        // What was cut was begun again, from its checkpoint if it had one; on a fast machine all that was begun may have come to its end.
        Assert.All(Attempts("c").Values.Where(a => (int?)a[0]["exitCode"] == 130), a => Assert.Equal(2, a.Length));
    }

    private static void SkipUnlessThereIsSlurm()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        Assert.SkipUnless(Cluster.Missing is null, $"needs Slurm: {Cluster.Missing}");
    }

    private Cluster Begin()
    {
        _neurohal.WithFile("s.json", """
            {
              "dataset": { "name": "digits", "limit": 300 }, "training": { "epochs": 6 }, "checkpoint": { "every": 0.25 },
              "sweep": { "grid": { "training:connectivity": [[0.005, 0.015, 0.2], [0.01, 0.03, 0.3]], "training:seed": [1, 2, 3, 4, 5, 6] } }
            }
            """);
        var cluster = Cluster.Start(nodes: 4);
        _neurohal.With("SLURM_CONF", cluster.Configuration);
        return cluster;
    }

    private string PathOf(params string[] path) => Path.Combine([_neurohal.Folder, .. path]);

    private string In(string sweep) => File.ReadAllText(PathOf(sweep, "figures.csv"));

    private static string? Node(JsonNode attempt) => (string?)attempt["node"];

    /// <summary>What was tried, by run.</summary>
    private Dictionary<string, JsonNode[]> Attempts(string sweep) => Directory.GetFiles(PathOf(sweep, "work"), "attempt-????.json", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).GroupBy(f => Path.GetFileName(Path.GetDirectoryName(f)!)).ToDictionary(g => g.Key, g => g.Select(f => JsonNode.Parse(File.ReadAllText(f))!).ToArray());

    private static async Task WaitAsync(Func<bool> holds)
    {
        for (int i = 0; i < 3000 && !holds(); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.True(holds());
    }
}
