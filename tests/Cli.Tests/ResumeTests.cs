using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NeuroHal.Cli.Tests;

/// <summary>Runs that are interrupted, killed, damaged and gone on with.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly string[] _long = [.. FewDigits.Options, "--limit", "400", "--epochs", "12", "--checkpoint-every", "0.3"];
    private static readonly string[] _small = [.. FewDigits.Options, "--limit", "100"];
    private static readonly string[] _short = [.. _small, "--epochs", "2"];

    private readonly Neurohal _neurohal = new Neurohal().WithFewDigits();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("TERM", "SpiNNaker2Emu", "paper", "1")]
    [InlineData("INT", "SpiNNaker2Emu", "fast", "4")]
    [InlineData("KILL", "SpiNNaker2Emu", "paper", "2")]
    [InlineData("TERM", "ReferenceCpu", "fast", "1")]
    public async Task A_run_that_is_ended_by_a_signal_goes_on_to_the_result_of_one_that_is_not(string signal, string backend, string preset, string cores)
    {
        Assert.SkipUnless((signal, backend) == ("TERM", "ReferenceCpu") || Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        string[] run = ["train", "--backend", backend, "--preset", preset, "--cores", cores, .. _long];
        Assert.Equal(0, (await _neurohal.RunAsync([.. run, "--output", "straight"])).Code);

        using Process process = _neurohal.Start([.. run, "--output", "cut"]);
        await Neurohal.LineAsync(process, "epoch 2/12");
        Neurohal.Signal(process.Id, signal);
        Neurohal.Outcome cut = await Neurohal.EndOfAsync(process);
        if (signal == "KILL")
        {
            Assert.Equal(137, cut.Code);
        }
        else
        {
            cut.FailsWith(130, "Interrupted at ", "and saved. Go on with: neurohal train --resume cut");
        }
        Assert.False(File.Exists(In("cut", "result.json")));

        Neurohal.Outcome resumed = await _neurohal.RunAsync("train", "--resume", "cut");
        resumed.Succeeds();
        Assert.Contains("Resumed from 'cut' at ", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Result("straight", backend), Result("cut", backend));
        Assert.Equal(Files("straight"), Files("cut")); // no lock, nothing half written
        foreach (string network in new[] { "initial-network.npz", "network.npz" })
        {
            Assert.Equal(File.ReadAllBytes(In("straight", network)), File.ReadAllBytes(In("cut", network)));
        }
        Assert.Equal(2, Directory.GetFiles(In("cut", "checkpoints")).Length);
    }

    [Fact]
    public async Task How_often_a_run_is_saved_does_not_show_in_its_result()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        foreach (string every in new[] { "0", "1", "0.07" })
        {
            Assert.Equal(0, (await _neurohal.RunAsync(["train", .. _short, "--output", $"every {every}", "--checkpoint-every", every])).Code);
        }
        Assert.Equal(Result("every 0"), Result("every 1"));
        Assert.Equal(Result("every 0"), Result("every 0.07"));
    }

    [Fact]
    public async Task A_run_goes_on_on_the_other_backend_with_the_same_weights_and_says_what_its_figures_are_of()
    {
        await CutAsync("a");
        string[] train = ["train", .. _short];
        Assert.Equal(0, (await _neurohal.RunAsync([.. train, "--output", "straight"])).Code);
        Neurohal.Outcome other = await _neurohal.RunAsync("train", "--resume", "a", "--backend", "ReferenceCpu", "--output", "b");
        other.Succeeds();
        Assert.Single(other.Error.Split('\n'), l => l.Contains("what SpiNNaker2Emu counted before is no figure of ReferenceCpu", StringComparison.Ordinal));
        JsonNode result = Parse("b");
        Assert.Equal((string?)Parse("straight")["weights"]!["sha256"], (string?)result["weights"]!["sha256"]);
        Assert.Equal("SpiNNaker2Emu", (string?)result["countersSince"]!["before"]);
        Assert.Equal(2, (int?)result["countersSince"]!["epoch"]);
    }

    [Fact]
    public async Task Another_setting_is_refused_by_name()
    {
        await CutAsync("a");
        (string Message, string[] Options)[] others =
        [
            ("training:seed is 2, but the run to resume has 1", ["--seed", "2"]),
            ("preset is fast, but the run to resume has paper", ["--preset", "fast"]),
            ("device:cores is 2, but the run to resume has 1", ["--cores", "2"]),
            ("dataset:limit (training images) is 50", ["--limit", "50"]),
            ("device:level is PL1", ["--level", "PL1"]),
            ("backends:SpiNNaker2Emu:exponentialAccelerator is false", ["--set", "backends:SpiNNaker2Emu:exponentialAccelerator=false"]),
            ("training:rewiring:every is 20, but the run to resume has 10", ["--set", "training:rewiring:every=20"]),
        ];
        foreach ((string message, string[] options) in others)
        {
            (await _neurohal.RunAsync(["train", "--resume", "a", .. options])).FailsWith(2, message);
        }
    }

    [Fact]
    public async Task More_epochs_are_more_epochs_unless_the_schedule_runs_to_the_end()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        Assert.Equal(0, (await _neurohal.RunAsync(["train", .. _short, "--output", "two"])).Code);
        Assert.Equal(0, (await _neurohal.RunAsync(["train", .. _small, "--epochs", "3", "--output", "three"])).Code);
        Assert.Equal(0, (await _neurohal.RunAsync("train", "--resume", "two", "--epochs", "3", "--output", "more")).Code);
        Assert.Equal(Result("three"), Result("more"));
        (await _neurohal.RunAsync("train", "--resume", "two", "--epochs", "1", "--output", "less")).FailsWith(2, "training:epochs is 1", "the end of epoch 2");
        (await _neurohal.RunAsync("train", "--resume", "two")).Succeeds();

        string[] cosine = ["train", .. _short, "--set", "training:schedule=cosine"];
        Assert.Equal(0, (await _neurohal.RunAsync([.. cosine, "--output", "cosine"])).Code);
        (await _neurohal.RunAsync("train", "--resume", "cosine", "--epochs", "3", "--output", "x")).FailsWith(2, "training:epochs is 3", "cosine");
    }

    [Fact]
    public async Task A_damaged_checkpoint_leads_back_to_the_one_before_in_one_line()
    {
        string straight = await CutAsync("a");
        string newest = Directory.GetFiles(In("a", "checkpoints")).Max(StringComparer.Ordinal)!;
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(newest, bytes);
        Neurohal.Outcome run = await _neurohal.RunAsync("train", "--resume", "a");
        run.Succeeds();
        Assert.Single(run.Error.Split('\n'), l => l.Contains("The checkpoint is damaged", StringComparison.Ordinal) && l.Contains("before it", StringComparison.Ordinal));
        Assert.Equal(straight, Result("a"));
    }

    [Fact]
    public async Task A_checkpoint_of_a_newer_version_and_a_folder_without_one_are_one_line()
    {
        await CutAsync("a");
        string newest = Directory.GetFiles(In("a", "checkpoints")).Max(StringComparer.Ordinal)!;
        byte[] bytes = File.ReadAllBytes(newest)[..^32];
        bytes[8] = 9;
        File.WriteAllBytes(newest, [.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)]);
        (await _neurohal.RunAsync("train", "--resume", "a")).FailsWith(2, "has version 9 of the format");
        (await _neurohal.RunAsync("train", "--resume", "nowhere")).FailsWith(2, "'nowhere' holds no run to resume");
        (await _neurohal.RunAsync(["train", .. _short, "--output", "a"])).FailsWith(2, "checkpoints of another run", "--resume a");
    }

    [Fact]
    public async Task A_second_run_into_one_folder_is_refused_while_the_first_one_goes_on()
    {
        using Process first = _neurohal.Start(["train", .. _small, "--epochs", "1000000", "--output", "run"]);
        await Neurohal.LineAsync(first, "epoch 2/"); // epoch 1 is saved
        (await _neurohal.RunAsync(["train", .. _short, "--output", "run"])).FailsWith(2, "Another run is writing to 'run'");
        (await _neurohal.RunAsync("train", "--resume", "run")).FailsWith(2, "Another run is writing to 'run'");
        first.Kill();
        await Neurohal.EndOfAsync(first);

        using Process second = _neurohal.Start("train", "--resume", "run");
        await Neurohal.LineAsync(second, "Resumed from 'run'");
        second.Kill();
        await Neurohal.EndOfAsync(second);
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_ends_the_run_unless_it_is_to_go_on()
    {
        // A file where the folder belongs: nobody can write there, whoever runs the tests.
        _neurohal.WithFile("stopped/checkpoints", "").WithFile("going/checkpoints", "");
        Neurohal.Outcome stopped = await _neurohal.RunAsync(["train", .. _short, "--output", "stopped"]);
        stopped.FailsWith(1, "The checkpoint at the end of epoch 1 could not be written to", "there is no earlier one", "--on-checkpoint-failure continue");
        Neurohal.Outcome going = await _neurohal.RunAsync(["train", .. _short, "--output", "going", "--on-checkpoint-failure", "continue"]);
        going.Succeeds();
        Assert.Equal(2, going.Error.Split('\n').Count(l => l.EndsWith("Training goes on.", StringComparison.Ordinal)));
        Assert.True(File.Exists(In("going", "result.json")));
    }

    /// <summary>A run of two epochs as if it had been ended within the second.</summary>
    /// <returns>What the uninterrupted run comes to.</returns>
    private async Task<string> CutAsync(string folder)
    {
        Assert.Equal(0, (await _neurohal.RunAsync(["train", .. _short, "--output", folder, "--checkpoint-every", "0.3"])).Code);
        string straight = Result(folder);
        File.Delete(In(folder, "result.json"));
        // Without the one at the end, those before remain: at 180 samples, within epoch 2.
        string last = Directory.GetFiles(In(folder, "checkpoints")).Max(StringComparer.Ordinal)!;
        File.Delete(last);
        string kept = Assert.Single(Directory.GetFiles(In(folder, "checkpoints")));
        File.Copy(kept, In(folder, "checkpoints", "000001.checkpoint"));
        return straight;
    }

    private IEnumerable<string?> Files(string folder) => Directory.GetFiles(In(folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private string In(params string[] path) => Path.Combine([_neurohal.Folder, .. path]);

    private JsonNode Parse(string folder) => JsonNode.Parse(File.ReadAllText(In(folder, "result.json")))!;

    /// <summary>All of result.json but wall time, which on the host's own backend is also its device's.</summary>
    private string Result(string folder, string backend = "SpiNNaker2Emu")
    {
        JsonObject result = Parse(folder).AsObject();
        result["time"]!.AsObject().Remove("wallSeconds");
        if (backend == "ReferenceCpu")
        {
            result.Remove("time");
            result.Remove("energy");
            foreach (JsonNode? epoch in result["accuracy"]!["curve"]!.AsArray())
            {
                epoch!.AsObject().Remove("deviceSeconds");
                epoch.AsObject().Remove("joules");
            }
        }
        return result.ToJsonString();
    }
}
