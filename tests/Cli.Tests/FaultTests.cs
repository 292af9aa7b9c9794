using System.Text.Json;

namespace NeuroHal.Cli.Tests;

/// <summary>Faults from the command line: told in the result, or a line and a file that say what ended the run.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly string[] _short = ["train", "--dataset", "digits", "--limit", "200", "--epochs", "1", "--output", "out"];

    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task A_run_that_survives_counts_its_faults_in_table_and_result()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync([.. _short, "--faults", "upset:rate=0.01,buffers=*theta*,highestBit=22"]);
        Assert.True(run.Code == 0, run.Error);
        JsonElement faults = Json("result.json").GetProperty("faults");
        JsonElement count = faults.GetProperty("counts")[0];
        Assert.Equal("bit flip", count.GetProperty("kind").GetString());
        Assert.InRange(count.GetProperty("injected").GetInt64(), 1, 100_000);
        Assert.Equal(0, count.GetProperty("detected").GetInt64());
        Assert.Contains("*theta*", faults.GetProperty("plan").GetString(), StringComparison.Ordinal);
        Assert.Matches("faults injected +[0-9,]+ bit flip", run.Output);
    }

    [Fact]
    public async Task A_run_without_a_plan_says_nothing_of_faults()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(_short);
        Assert.Equal(JsonValueKind.Null, Json("result.json").GetProperty("faults").ValueKind);
        Assert.DoesNotContain("faults", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_a_fault_ends_is_one_line_and_a_file_that_tells_of_it()
    {
        _neurohal.WithFile("plan.json", """{ "deadCores": [ { "core": 1, "time": 0.05 } ] }""");
        Neurohal.Outcome run = await _neurohal.RunAsync([.. _short, "--cores", "2", "--faults", "plan.json"]);
        run.FailsWith(1, "Core 1, superstep '", "did not come to the barrier within 1,000,000 cycles: dead since 50 ms");
        Assert.Contains("Faults injected: 1 dead core; detected by the device: 1 dead core.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_neurohal.Folder, "out", "result.json")));
        Assert.Equal("DeviceFaultException", Json("failure.json").GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(1, Json("failure.json").GetProperty("faults").GetProperty("counts")[0].GetProperty("detected").GetInt64());
    }

    [Theory]
    [InlineData("SpiNNaker2Emu", "upset:rate=-1", "Faults: upsets[0].rate is -1; it must be 0 to 1000")]
    [InlineData("SpiNNaker2Emu", "none.json", "'none.json' is no file, nor a plan such as upset:")]
    [InlineData("SpiNNaker2Emu", "upset:rate=1,buffers=*theat*", "no buffer is called so; there are activations 1")]
    [InlineData("SpiNNaker2Emu", "dead:core=1,time=0", "deadCores[0].core is 1; it must be 0 to 0, the cores in use")]
    [InlineData("ReferenceCpu", "upset:rate=1", "ReferenceCpu: faults asked for")]
    public async Task A_plan_that_cannot_be_is_one_line(string backend, string plan, string message) =>
        (await _neurohal.RunAsync([.. _short, "--backend", backend, "--faults", plan])).FailsWith(2, message);

    [Fact]
    public async Task A_plan_may_come_from_the_environment() =>
        (await _neurohal.With("NEUROHAL__DEVICE__FAULTS", "seed=x").RunAsync(_short)).FailsWith(2, "Faults: line 1, $.seed");

    private JsonElement Json(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "out", name))).RootElement;
}
