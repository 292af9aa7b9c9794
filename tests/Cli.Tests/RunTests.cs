using System.Text.Json;

namespace NeuroHal.Cli.Tests;

/// <summary>What the verbs do, on the built-in digits.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task Training_reports_memory_progress_and_a_summary_and_writes_the_result()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--limit", "1000", "--epochs", "2", "--validation", "500", "--output", "run");
        run.Succeeds();
        Assert.Contains("epoch 2/2: training accuracy", run.Error, StringComparison.Ordinal);
        Assert.Contains("3,552 connections", run.Error, StringComparison.Ordinal);
        Assert.Contains("code of kernels", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);

        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "run", "result.json")));
        JsonElement root = result.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("SpiNNaker2Emu", root.GetProperty("backend").GetProperty("id").GetString());
        Assert.Equal("spinnaker2-prototype", root.GetProperty("backend").GetProperty("profile").GetString());
        Assert.Equal(1000, root.GetProperty("dataset").GetProperty("train").GetInt32());
        Assert.Equal(500, root.GetProperty("dataset").GetProperty("validation").GetInt32());
        Assert.Equal(2, root.GetProperty("accuracy").GetProperty("curve").GetArrayLength());
        Assert.Equal(3552, root.GetProperty("connections").GetProperty("maxActive").GetInt32());
        JsonElement core = root.GetProperty("memory").GetProperty("cores")[0];
        Assert.Equal(65_536, core.GetProperty("capacityBytes").GetInt64());
        Assert.InRange(core.GetProperty("usedBytes").GetInt64(), core.GetProperty("breakdown").EnumerateArray().Sum(b => b.GetProperty("bytes").GetInt64()), 65_536);
        JsonElement energy = root.GetProperty("energy");
        Assert.Equal("modelled", energy.GetProperty("method").GetString());
        Assert.InRange(energy.GetProperty("joules").GetDouble(), energy.GetProperty("low").GetDouble(), energy.GetProperty("high").GetDouble());
        Assert.Equal(
            energy.GetProperty("joules").GetDouble(), energy.GetProperty("breakdown").EnumerateObject().Sum(d => d.Value.GetDouble()), 1e-9);
        Assert.Equal(64, root.GetProperty("weights").GetProperty("sha256").GetString()!.Length);
    }

    [Fact]
    public async Task Training_that_diverges_says_so_and_still_writes_its_result()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--limit", "200", "--set", "training:learningRate=500", "--output", "run");
        run.FailsWith(1, "Training has diverged");
        Assert.Equal(
            ["initial-network.npz", "network.npz", "result.json", "timeline.json"],
            Directory.GetFiles(Path.Combine(_neurohal.Folder, "run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_profile_and_a_timeline_show_where_time_went_and_no_two_spans_of_a_track_overlap()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--limit", "100", "--epochs", "1", "--cores", "4", "--policy", "per-phase", "--profile", "--trace", "t.json");
        run.Succeeds();
        Assert.Matches("sparse-update +1,200 ", run.Output);
        Assert.Contains("waiting", run.Output, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(_neurohal.Folder, "t.png"))[..4]);

        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "t.json")));
        JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
        Dictionary<int, string?> names = events.Where(e => e.GetProperty("name").GetString() == "thread_name")
            .ToDictionary(e => e.GetProperty("tid").GetInt32(), e => e.GetProperty("args").GetProperty("name").GetString());
        Assert.Equal(["core 0", "core 0 DMA", "core 1", "core 1 DMA", "core 2", "core 2 DMA", "core 3", "core 3 DMA", "external memory"], names.Values);
        Assert.Contains(events, e => e.GetProperty("ph").GetString() == "C");
        foreach (var track in events.Where(e => e.GetProperty("ph").GetString() == "X").GroupBy(e => e.GetProperty("tid").GetInt32()))
        {
            double end = 0;
            foreach (JsonElement span in track.OrderBy(e => e.GetProperty("ts").GetDouble()))
            {
                double start = span.GetProperty("ts").GetDouble();
                Assert.True(start >= end - 1e-6, $"{names[track.Key]}: {span} begins before {end}");
                end = start + span.GetProperty("dur").GetDouble();
            }
        }
        int forwards = events.Count(e => e.GetProperty("name").GetString() == "sparse-forward" && names[e.GetProperty("tid").GetInt32()] == "core 0");
        Assert.Equal(20 * 3, forwards);
    }

    [Fact]
    public async Task A_backend_without_a_timeline_says_so() =>
        (await _neurohal.RunAsync("train", "--dataset", "digits", "--limit", "100", "--backend", "ReferenceCpu", "--trace", "t.json"))
            .FailsWith(2, "has no timeline");

    [Fact]
    public async Task A_result_is_never_overwritten()
    {
        string[] train = ["train", "--dataset", "digits", "--limit", "100", "--epochs", "1", "--output", "run"];
        Assert.Equal(0, (await _neurohal.RunAsync(train)).Code);
        string before = File.ReadAllText(Path.Combine(_neurohal.Folder, "run", "result.json"));
        (await _neurohal.RunAsync(train)).FailsWith(2, "already holds a result.json");
        Assert.Equal(before, File.ReadAllText(Path.Combine(_neurohal.Folder, "run", "result.json")));
    }

    [Fact]
    public async Task Compare_prints_backends_side_by_side_and_finds_the_same_network()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("compare", "--dataset", "digits", "--limit", "500", "--epochs", "1", "--output", "both");
        run.Succeeds();
        Assert.Matches(@"\n +ReferenceCpu +SpiNNaker2Emu +\n", run.Output);
        Assert.Matches(@"device +host +spinnaker2-prototype", run.Output);
        Assert.Matches(@"synaptic operations +\d+ MAC of 266,200 +\d+ MAC of 266,200", run.Output);
        Assert.Contains("are bit-identical", run.Output, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "both", "result.json")));
        Assert.Equal(2, result.RootElement.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task A_network_that_does_not_fit_is_refused_with_its_memory_plan_and_exit_code_3()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--layers", "784-1200-400-10", "--connectivity", "0.1,0.1,0.1");
        run.FailsWith(3, "does not fit", "65,536");
        Assert.Contains("layer 1 theta", run.Error, StringComparison.Ordinal);
        Assert.Contains("short by (-)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_shows_each_cores_memory_without_running_anything()
    {
        Neurohal.Outcome one = await _neurohal.RunAsync("plan");
        one.Succeeds();
        Assert.Contains("image buffer 0", one.Output, StringComparison.Ordinal);
        Assert.Contains("3,552 connections (1.33 % of dense), 1 lane(s), 1 core(s).", one.Output, StringComparison.Ordinal);
        Neurohal.Outcome four = await _neurohal.RunAsync("plan", "--preset", "fast", "--cores", "4");
        four.Succeeds();
        Assert.Contains("core 3", four.Output, StringComparison.Ordinal);
        Assert.Contains("4 lane(s), 4 core(s)", four.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_does_not_fit_names_the_nearest_changes_that_would()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("plan", "--connectivity", "0.02,0.06,0.6", "--cores", "1");
        run.FailsWith(3, "--cores 2", "--connectivity 0.01");
        Assert.Equal(0, (await _neurohal.RunAsync("plan", "--connectivity", "0.02,0.06,0.6", "--cores", "2")).Code);
    }

    [Fact]
    public async Task The_fast_preset_does_not_fit_one_core_of_the_prototype_but_four_or_one_of_the_larger_chip()
    {
        (await _neurohal.RunAsync("train", "--dataset", "digits", "--preset", "fast")).FailsWith(3, "does not fit");
        Neurohal.Outcome larger = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--preset", "fast", "--limit", "320", "--epochs", "1", "--set", "backends:SpiNNaker2Emu:profile=spinnaker2");
        Assert.Equal(0, larger.Code);
        Assert.Contains("8 lane(s)", larger.Error, StringComparison.Ordinal);
        Neurohal.Outcome four = await _neurohal.RunAsync(
            "train", "--dataset", "digits", "--preset", "fast", "--limit", "320", "--epochs", "1", "--cores", "4");
        Assert.Equal(0, four.Code);
        Assert.Contains("4 lane(s)", four.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paper", "1")]
    [InlineData("fast", "16")]
    [InlineData("fast", "8")]
    [InlineData("fast", "4")]
    public async Task Weights_are_the_same_whatever_vectors_the_host_has(string preset, string lanes)
    {
        Assert.SkipUnless(lanes == "1" || Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        string[] train =
        [
            "train", "--backend", "ReferenceCpu", "--preset", preset, "--lanes", lanes, .. FewDigits.Options, "--limit", "320", "--epochs", "1",
        ];
        string widest = Weights(await _neurohal.WithFewDigits().RunAsync(train));
        foreach (string without in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" })
        {
            using Neurohal narrower = new Neurohal().WithFewDigits();
            Assert.Equal(widest, Weights(await narrower.With(without, "0").RunProcessAsync(train)));
        }

        static string Weights(Neurohal.Outcome run) => Assert.Single(run.Output.Split('\n'), l => l.Contains("weights (SHA-256)", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
    }

    [Fact]
    public async Task Options_override_environment_overrides_file_overrides_preset()
    {
        _neurohal.WithFile("neurohal.json", """{ "dataset": { "name": "digits", "limit": 50 }, "training": { "epochs": 3, "layers": [784, 20, 10], "connectivity": [0.1, 0.5] } }""");
        Assert.Contains("epoch 3/3", (await _neurohal.RunAsync("train")).Error, StringComparison.Ordinal);
        _neurohal.With("NEUROHAL__TRAINING__EPOCHS", "2");
        Assert.Contains("epoch 2/2", (await _neurohal.RunAsync("train")).Error, StringComparison.Ordinal);
        Neurohal.Outcome run = await _neurohal.RunAsync("train", "--epochs", "1");
        Assert.Contains("epoch 1/1", run.Error, StringComparison.Ordinal);
        Assert.Contains("1,668 connections", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_data_and_network_it_says_so_in_one_line_and_uses_the_digits()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("train", "--limit", "100", "--epochs", "1");
        Assert.Equal(0, run.Code);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("built-in digits", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ReferenceCpu")]
    [InlineData("SpiNNaker2Emu")]
    public async Task A_backend_is_verified_clause_by_clause(string backend)
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("backends", "verify", backend);
        run.Succeeds();
        Assert.Matches(@"T5 +what is sent is in the other core's SRAM from the next barrier on, and not before +holds", run.Output);
        Assert.Contains(" 0 violated", run.Output, StringComparison.Ordinal);
        (await _neurohal.RunAsync("backends", "verify", "nobody")).FailsWith(2, "Unknown backend 'nobody'");
    }

    [Fact]
    public async Task Backends_and_data_sets_are_listed()
    {
        Assert.Contains("SpiNNaker2Emu", (await _neurohal.RunAsync("backends")).Output, StringComparison.Ordinal);
        Neurohal.Outcome data = await _neurohal.RunAsync("data");
        Assert.Contains("fashion-mnist", data.Output, StringComparison.Ordinal);
        Assert.Contains("digits", data.Output, StringComparison.Ordinal);
    }
}
